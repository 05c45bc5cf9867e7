import { RemovalPolicy, Token } from "aws-cdk-lib";
import { parseBudget } from "../shared/pacing/budget.ts";
import type { UmapiWorkersProps } from "./umapi-workers-props.ts";

type Name = keyof UmapiWorkersProps;

interface TextRule {
  readonly name: Name;
  readonly isValid: (text: string) => boolean;
  /** What was expected, with an example or the reason. */
  readonly expected: string;
  /** Whether it may be known only when it is deployed. Then nobody can judge it here. */
  readonly mayBeLate?: boolean;
}

const tableName = (name: Name): TextRule => ({
  name,
  isValid: (text) => /^[A-Za-z0-9_.-]{3,255}$/.test(text),
  expected: "the name of a DynamoDB table in the stack's account and region, not its ARN",
  mayBeLate: true,
});
const queueName = (name: Name): TextRule => ({
  name,
  isValid: (text) => /^[A-Za-z0-9_-]{1,75}\.fifo$/.test(text),
  expected: "the name of a FIFO queue in the stack's account and region, which ends in .fifo, and not its URL or ARN",
  mayBeLate: true,
});

const rules: readonly TextRule[] = [
  {
    name: "actionBudget",
    isValid: (text) => parseBudget(text) !== undefined,
    expected:
      'requests/seconds, both whole numbers from 1 to 999999 without leading zeros, for example "10/60" (Adobe allows one client 10 action requests a minute)',
  },
  {
    name: "lane",
    isValid: (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text),
    expected: '1 to 64 letters, digits, "-" or "_", because it is part of an SQS message group id',
  },
  { name: "auth", isValid: (text) => text === "oauth" || text === "jwt", expected: '"oauth" or "jwt"' },
  {
    name: "removalPolicy",
    isValid: (text) => text !== RemovalPolicy.SNAPSHOT,
    expected: "RemovalPolicy.RETAIN or RemovalPolicy.DESTROY, because CloudFormation makes no snapshots of queues",
  },
  {
    name: "jwtIssuer",
    isValid: (text) => URL.canParse(text) && new URL(text).protocol === "https:",
    expected: 'an https URL, as it stands in the tokens, for example "https://login.example.com/"',
    mayBeLate: true,
  },
  {
    name: "domainName",
    isValid: (text) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/i.test(text),
    expected: 'a host name without scheme and path, for example "umapi.example.com"',
    mayBeLate: true,
  },
  {
    name: "existingSecretArn",
    isValid: (text) => /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+-[A-Za-z0-9]{6}$/.test(text),
    expected: "the secret's complete ARN, with the hyphen and six characters at its end that AWS adds",
    mayBeLate: true,
  },
  tableName("existingLedgerTableName"),
  tableName("existingRoomTableName"),
  queueName("existingQueueName"),
  queueName("existingReturnedQueueName"),
  queueName("existingDeadLetterQueueName"),
];

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
 * @throws with one sentence that names the prop, its value, and what was expected
 */
export function checkProps(props: UmapiWorkersProps): void {
  for (const rule of rules) checkText(rule, props[rule.name]);
  if (props.jwtAudience?.length === 0)
    throw new Error('jwtAudience is []; expected one audience or more, as they stand in the tokens, such as ["hr"].');
  if (props.authorizer && props.jwtIssuer !== undefined)
    throw new Error("authorizer and jwtIssuer are both set, but the API asks only one: leave one of them out.");
  for (const [one, other, why] of pairs) {
    if ((props[one] === undefined) === (props[other] === undefined)) continue;
    const [set, missing] = props[one] === undefined ? [other, one] : [one, other];
    throw new Error(`${set} is set and ${missing} is not; expected both or neither, because ${why}.`);
  }
}

function checkText({ name, isValid, expected, mayBeLate = false }: TextRule, value: unknown): void {
  if (value === undefined) return;
  if (Token.isUnresolved(value)) {
    if (mayBeLate) return;
    throw new Error(`${name} would be known only when it is deployed, and is needed before; expected ${expected}.`);
  }
  if (typeof value !== "string" || !isValid(value))
    throw new Error(`${name} is ${JSON.stringify(value)}; expected ${expected}.`);
}
