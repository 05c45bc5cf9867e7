import { RemovalPolicy } from "aws-cdk-lib";
import { parseBudget } from "../shared/pacing/budget.ts";
import { parseRemovalLimit } from "../shared/removals/removal-limit.ts";
import type { UmapiWorkersProps } from "./umapi-workers-props.ts";

/** What one prop may be. Whoever writes JavaScript, or takes a value from the CDK's context, has no types. */
export interface PropRule {
  readonly isValid: (value: unknown) => boolean;
  /** What was expected, with an example or the reason. */
  readonly expected: string;
  /** Whether it may be known only when it is deployed. Then nobody can judge it here. */
  readonly mayBeLate: boolean;
}

const text = (isValid: (value: string) => boolean, expected: string, mayBeLate = false): PropRule => ({
  isValid: (value) => typeof value === "string" && isValid(value),
  expected,
  mayBeLate,
});
const anyText = (expected: string) => text(() => true, expected);
const flag: PropRule = {
  isValid: (value) => typeof value === "boolean",
  expected: "true or false, not as text",
  mayBeLate: false,
};
/** Something of the CDK that has such a member. */
const withMember = (member: string, expected: string): PropRule => ({
  isValid: (value) => typeof value === "object" && value !== null && member in value,
  expected,
  mayBeLate: false,
});
const topic = withMember("topicArn", 'an SNS topic; of an ARN, Topic.fromTopicArn(this, "Alarms", arn) makes one');
const tableName = text(
  (name) => /^[A-Za-z0-9_.-]{3,255}$/.test(name),
  "the name of a DynamoDB table in the stack's account and region, not its ARN",
  true,
);
const queueName = text(
  (name) => /^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name),
  "the name of a FIFO queue in the stack's account and region, which ends in .fifo, and not its URL or ARN",
  true,
);

export const propRules: Readonly<Record<keyof UmapiWorkersProps, PropRule>> = {
  allowAccountDeletion: flag,
  actionBudget: text(
    (budget) => parseBudget(budget) !== undefined,
    'requests/seconds, both whole numbers from 1 to 999999 without leading zeros, for example "10/60" (Adobe allows one client 10 action requests a minute)',
  ),
  removalLimit: text(
    (limit) => parseRemovalLimit(limit) !== undefined,
    'removals/seconds, both whole numbers from 1 to 999999 without leading zeros, for example "100/3600", or "off"',
  ),
  leaversFirst: flag,
  lane: text(
    (lane) => /^[A-Za-z0-9_-]{1,64}$/.test(lane),
    '1 to 64 letters, digits, "-" or "_", because it is part of an SQS message group id',
  ),
  auth: text((auth) => auth === "oauth" || auth === "jwt", '"oauth" or "jwt"'),
  authorizer: withMember("bind", "an authorizer of HTTP APIs, from aws-cdk-lib/aws-apigatewayv2-authorizers"),
  jwtIssuer: text(
    (url) => URL.canParse(url) && new URL(url).protocol === "https:",
    'an https URL, as it stands in the tokens, for example "https://login.example.com/"',
    true,
  ),
  jwtAudience: {
    isValid: (value) => Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string"),
    expected: 'a list of one audience or more, as they stand in the tokens, such as ["hr"]',
    mayBeLate: true,
  },
  domainName: text(
    (name) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/i.test(name),
    'a host name without scheme and path, for example "umapi.example.com"',
    true,
  ),
  certificate: withMember(
    "certificateArn",
    'a certificate of ACM; of an ARN, Certificate.fromCertificateArn(this, "Certificate", arn) makes one',
  ),
  alarmTopic: topic,
  pageTopic: topic,
  ticketTopic: topic,
  tracing: flag,
  httpsProxy: anyText('the URL of a proxy, for example "http://proxy.example.com:3128"'),
  noProxy: anyText('hosts, separated by commas, for example ".amazonaws.com,.example.com"'),
  extraCaCerts: anyText("the path of a file with certificates in PEM"),
  encryptionKey: withMember("keyArn", 'a key of KMS; of an ARN, Key.fromKeyArn(this, "Key", arn) makes one'),
  removalPolicy: text(
    (policy) => policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.DESTROY,
    "RemovalPolicy.RETAIN or RemovalPolicy.DESTROY, because CloudFormation makes no snapshots of queues",
  ),
  existingSecretArn: text(
    (arn) => /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+-[A-Za-z0-9]{6}$/.test(arn),
    "the secret's complete ARN, with the hyphen and six characters at its end that AWS adds",
    true,
  ),
  existingLedgerTableName: tableName,
  existingRoomTableName: tableName,
  existingQueueName: queueName,
  existingReturnedQueueName: queueName,
  existingDeadLetterQueueName: queueName,
  webhookSources: {
    isValid: (value) =>
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((each) => typeof each === "object" && each !== null),
    expected: 'sources by name, each an object, such as { bamboohr: { preset: "bamboohr", company: "acme" } }',
    mayBeLate: false,
  },
  publishParameters: flag,
  workerCode: {
    isValid: (value) => typeof value === "function",
    expected: "a function that gives each worker its code",
    mayBeLate: false,
  },
};
