import { RemovalPolicy } from "aws-cdk-lib";
import * as z from "zod/mini";
import type { UmapiWorkersStackProps } from "./umapi-workers-stack.ts";

/** Sets ours apart from the keys of the CDK itself and of other apps. */
const prefix = "umapi:";

/** `-c` gives text, cdk.json gives a boolean. */
const flag = (error: string) =>
  z.pipe(
    z.union([z.boolean(), z.enum(["true", "false"])], error),
    z.transform((value) => value === true || value === "true"),
  );

const context = z.strictObject({
  allowAccountDeletion: z.exactOptional(flag("true or false")),
  actionBudget: z.exactOptional(z.string('requests/seconds, such as "10/60"')),
  lane: z.exactOptional(z.string("a name")),
  auth: z.exactOptional(z.enum(["oauth", "jwt"], "oauth or jwt")),
  tracing: z.exactOptional(flag("true or false")),
  httpsProxy: z.exactOptional(z.string("a URL")),
  noProxy: z.exactOptional(z.string("hosts, separated by commas")),
  extraCaCerts: z.exactOptional(z.string("the path of a file")),
  alarmTopicArn: z.exactOptional(
    z
      .string("the ARN of an SNS topic")
      .check(
        z.regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, "the ARN of an SNS topic, arn:aws:sns:<region>:<account>:<name>"),
      ),
  ),
  removalPolicy: z.exactOptional(
    z.pipe(
      z.enum(["retain", "destroy"], "retain or destroy"),
      z.transform((value) => (value === "destroy" ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN)),
    ),
  ),
});

/**
 * The choices of who deploys the ready stack: CDK context under `umapi:`, from `-c umapi:auth=jwt` or from `context` in
 * cdk.json.
 *
 * @param all every key of the context, other people's too
 * @throws naming each key that is unknown or not usable, and what is expected
 */
export function contextProps(all: Readonly<Record<string, unknown>>): UmapiWorkersStackProps {
  const ours = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  const parsed = context.safeParse(Object.fromEntries(ours.map(([key, value]) => [key.slice(prefix.length), value])));
  if (parsed.success) return parsed.data;
  const known = Object.keys(context.shape).map((key) => prefix + key);
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${prefix}${key} is not known; known are ${known.join(", ")}`)
      : [`${prefix}${issue.path.join(".")}: expected ${issue.message}`],
  );
  throw new Error(`The CDK context is not usable. ${faults.join("; ")}.`);
}
