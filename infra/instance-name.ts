import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** The id that the ready stack gives: where a stack has one instance, the stack's name is enough. */
const onlyOne = "Workers";

/**
 * What one instance's metrics and parameters are called after: `<stack>/<id>`, or `<stack>` where the id is `Workers`.
 * No two instances of an account and region share it, so that none sets off another's alarms.
 *
 * @param instance the construct that all of one instance's resources are in
 */
export function instanceName(instance: Construct): string {
  const stack = Stack.of(instance);
  const ids = instance.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  if (ids.length === 1 && ids[0] === onlyOne) return stack.stackName;
  const readable = ids.map((id) => id.replaceAll(/[^A-Za-z0-9_.-]/g, "-"));
  // What reads the same must not be the same.
  const isChanged = readable.some((id, index) => id !== ids[index]);
  return [stack.stackName, ...readable, ...(isChanged ? [instance.node.addr.slice(-8)] : [])].join("/");
}
