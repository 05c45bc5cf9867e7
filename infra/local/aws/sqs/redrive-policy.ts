import * as z from "zod/mini";
import { invalidParameter } from "./errors.ts";

/** AWS: `maxReceiveCount` is 1 to 1,000. */
const MAX_RECEIVE_COUNT = 1000;

const policySchema = z.object({
  deadLetterTargetArn: z.string(),
  // AWS takes the number as a string too, as CloudFormation may send it.
  maxReceiveCount: z.union([z.number(), z.string()]),
});

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The properties of a queue that a redrive policy needs. */
export interface RedriveParty {
  readonly arn: string;
  readonly fifo: boolean;
}

/**
 * Reads and checks a `RedrivePolicy` attribute.
 *
 * @throws ServiceError `InvalidParameterValue` if it is malformed, counts outside 1 to 1,000, or names a queue that
 *   does not exist, is the source itself, or is of another type than the source
 */
export function parseRedrivePolicy(
  value: string,
  source: RedriveParty,
  findByArn: (arn: string) => RedriveParty | undefined,
): RedrivePolicy {
  const refuse = (reason: string) => invalidParameter("RedrivePolicy", value, reason);
  const policy = policySchema.safeParse(parseJson(value));
  if (!policy.success)
    throw refuse("Redrive policy is not a valid JSON map with deadLetterTargetArn and maxReceiveCount.");
  const { deadLetterTargetArn } = policy.data;
  const maxReceiveCount = Number(policy.data.maxReceiveCount);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > MAX_RECEIVE_COUNT) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${policy.data.maxReceiveCount}, valid values are from 1 to ${MAX_RECEIVE_COUNT} both inclusive.`,
    );
  }
  if (!/^arn:aws[^:]*:sqs:[^:]*:\d{12}:[^:]+$/.test(deadLetterTargetArn)) {
    throw refuse("Invalid value for deadLetterTargetArn.");
  }
  const target = findByArn(deadLetterTargetArn);
  if (target === undefined) throw refuse("Dead letter target does not exist.");
  if (target.fifo !== source.fifo) throw refuse("Dead-letter queue must be same type of queue as the source.");
  if (target.arn === source.arn) throw refuse("Dead-letter queue must not be the source queue itself.");
  return { deadLetterTargetArn, maxReceiveCount };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
