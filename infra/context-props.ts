import { RemovalPolicy } from "aws-cdk-lib";
import * as z from "zod/mini";
import { sourcesIn } from "./sources-file.ts";
import type { UmapiWorkersStackProps } from "./umapi-workers-stack.ts";

/** The prefix of our keys, which differ so from those of the CDK and of other apps. */
const prefix = "umapi:";

/** With `-c` the value is text, in cdk.json a boolean. */
const flag = (error: string) =>
  z.pipe(
    z.union([z.boolean(), z.enum(["true", "false"])], error),
    z.transform((value) => value === true || value === "true"),
  );

const text = (error: string) => z.exactOptional(z.string(error));
const matching = (pattern: RegExp, error: string) => z.exactOptional(z.string(error).check(z.regex(pattern, error)));
const topicArn = matching(
  /^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/,
  "the ARN of an SNS topic, arn:aws:sns:<region>:<account>:<name>",
);

const context = z.strictObject({
  stackName: matching(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, "1 to 128 letters, digits and hyphens, a letter first"),
  terminationProtection: z.exactOptional(flag("true or false")),
  allowAccountDeletion: z.exactOptional(flag("true or false")),
  actionBudget: text('requests/seconds, such as "10/60"'),
  removalLimit: text('removals/seconds, such as "100/3600", or off'),
  leaversFirst: z.exactOptional(flag("true or false")),
  lane: text("a name"),
  auth: z.exactOptional(z.enum(["oauth", "jwt"], "oauth or jwt")),
  tracing: z.exactOptional(flag("true or false")),
  httpsProxy: text("a URL"),
  noProxy: text("hosts, separated by commas"),
  extraCaCerts: text("the path of a file"),
  alarmTopicArn: topicArn,
  pageTopicArn: topicArn,
  ticketTopicArn: topicArn,
  jwtIssuer: text("the issuer's https URL"),
  jwtAudience: z.exactOptional(
    z.pipe(
      z.union([z.string(), z.array(z.string())], "audiences, separated by commas"),
      z.transform((value) => [value].flat().flatMap((item) => item.split(",").map((audience) => audience.trim()))),
    ),
  ),
  domainName: text("a host name"),
  certificateArn: matching(
    /^arn:[^:]+:acm:[^:]+:\d{12}:certificate\/.+$/,
    "the ARN of a certificate, arn:aws:acm:<region>:<account>:certificate/<id>",
  ),
  encryptionKeyArn: matching(
    /^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/,
    "the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>",
  ),
  existingSecretArn: text("the ARN of a secret"),
  existingLedgerTableName: text("the name of a table"),
  existingRoomTableName: text("the name of a table"),
  existingQueueName: text("the name of a queue"),
  existingReturnedQueueName: text("the name of a queue"),
  existingDeadLetterQueueName: text("the name of a queue"),
  publishParameters: z.exactOptional(flag("true or false")),
  webhooks: text("the path of a file"),
  removalPolicy: z.exactOptional(
    z.pipe(
      z.enum(["retain", "destroy"], "retain or destroy"),
      z.transform((value) => (value === "destroy" ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN)),
    ),
  ),
});

/**
 * The choices for the ready stack: CDK context under `umapi:`, from `-c umapi:auth=jwt` or from `context` in cdk.json.
 *
 * @param all every key of the context, including those of others
 * @throws with each key that is unknown or unusable, and what was expected
 */
export function contextProps(all: Readonly<Record<string, unknown>>): UmapiWorkersStackProps {
  const ours = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  const parsed = context.safeParse(Object.fromEntries(ours.map(([key, value]) => [key.slice(prefix.length), value])));
  if (parsed.success) {
    const { webhooks, ...props } = parsed.data;
    return { ...props, ...(webhooks !== undefined && { webhookSources: sourcesIn(webhooks) }) };
  }
  const known = Object.keys(context.shape).map((key) => prefix + key);
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${prefix}${key} is not known; known are ${known.join(", ")}`)
      : [`${prefix}${issue.path.join(".")}: expected ${issue.message}`],
  );
  throw new Error(`The CDK context is not usable. ${faults.join("; ")}.`);
}
