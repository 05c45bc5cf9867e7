import { Token } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { type PropRule, propRules } from "./prop-rules.ts";
import type { UmapiWorkersProps } from "./umapi-workers-props.ts";

type Name = keyof UmapiWorkersProps;

/** What makes sense only together, and why. */
const pairs: readonly (readonly [Name, Name, string])[] = [
  ["jwtIssuer", "jwtAudience", "a token is accepted only if both fit"],
  ["domainName", "certificate", "AWS serves a name of your own only with its certificate"],
  ["existingQueueName", "existingReturnedQueueName", "the one redrives to the other, whatever this stack says"],
  ["existingLedgerTableName", "existingRoomTableName", "the one says what waits in the other"],
];

/**
 * Checks what can be known before anything is deployed.
 *
 * @param scope whose props they are
 * @throws with one sentence that names the construct, the prop, its value, and what was expected
 */
export function checkProps(props: UmapiWorkersProps, scope: Construct): void {
  const values = new Map<string, unknown>(Object.entries(props));
  const faults = Object.entries(propRules).flatMap(([name, rule]) => faultOf(name, rule, values.get(name)) ?? []);
  const fault = faults[0] ?? faultBetween(props);
  if (fault !== undefined) throw new Error(`${scope.node.path}: ${fault}`);
}

function faultOf(name: string, { isValid, expected, mayBeLate }: PropRule, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Token.isUnresolved(value))
    return mayBeLate
      ? undefined
      : `${name} would be known only when it is deployed, and is needed before; expected ${expected}.`;
  return isValid(value) ? undefined : `${name} is ${shown(value)}; expected ${expected}.`;
}

function faultBetween(props: UmapiWorkersProps): string | undefined {
  if (props.authorizer && props.jwtIssuer !== undefined)
    return "authorizer and jwtIssuer are both set, but the API asks only one: leave one of them out.";
  for (const [one, other, why] of pairs) {
    if ((props[one] === undefined) === (props[other] === undefined)) continue;
    const [set, missing] = props[one] === undefined ? [other, one] : [one, other];
    return `${set} is set and ${missing} is not; expected both or neither, because ${why}.`;
  }
  return undefined;
}

function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  // A construct holds the whole app.
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return `of the class ${value.constructor.name}`;
  return JSON.stringify(value);
}
