import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** The id in the ready stack. In a stack with one instance, the name of the stack is enough. */
const onlyOne = "Workers";

/**
 * The name for the metrics and parameters of one instance: `<stack>/<id>`, or `<stack>` if the id is `Workers`. No two
 * instances of an account and region share it, so that none sets off another's alarms.
 *
 * @param instance the construct that contains all resources of the instance
 */
export function instanceName(instance: Construct): string {
  const stack = Stack.of(instance);
  const ids = instance.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  if (ids.length === 1 && ids[0] === onlyOne) return stack.stackName;
  const readable = ids.map((id) => id.replaceAll(/[^A-Za-z0-9_.-]/g, "-"));
  // Two ids that become equal when they are made readable must stay different.
  const isChanged = readable.some((id, index) => id !== ids[index]);
  return [stack.stackName, ...readable, ...(isChanged ? [instance.node.addr.slice(-8)] : [])].join("/");
}
