import type { Clock } from "../../../../shared/time/clock.ts";
import { failureOf, type PlannedRefusal, Refusals } from "../refusals.ts";
import { answering, type Service, type ServiceAnswer } from "../service.ts";
import { ServiceError } from "../service-error.ts";
import type { SqsContext } from "./context.ts";
import { unknownOperation } from "./errors.ts";
import { messageActions } from "./message-actions.ts";
import { queueActions } from "./queue-actions.ts";
import { Queues } from "./queues.ts";

export interface SqsOptions {
  readonly clock: Clock;
  /** Makes message ids; AWS's are UUIDs. */
  readonly randomId: () => string;
  /** What queue URLs start with, without a slash at the end. */
  readonly endpoint: string;
  /** @default "us-east-1" */
  readonly region?: string;
  /** Twelve digits. @default "000000000000" */
  readonly accountId?: string;
}

/** SQS in this process. */
export interface Sqs extends Service {
  /**
   * Makes calls, or chosen entries of batches, fail; the returned function ends that.
   *
   * @example sqs.refuse({ action: "SendMessageBatch", entries: [2] });
   */
  refuse(refusal: PlannedRefusal): () => void;
}

const actions: Readonly<Record<string, (input: unknown, context: SqsContext) => unknown>> = {
  ...queueActions,
  ...messageActions,
};

/** A model of SQS that keeps AWS's rules for FIFO queues. It holds everything in memory. */
export function createSqs({
  clock,
  randomId,
  endpoint,
  region = "us-east-1",
  accountId = "000000000000",
}: SqsOptions): Sqs {
  const queues = new Queues({ endpoint, region, accountId });
  const refusals = new Refusals();

  async function run(name: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw unknownOperation(name, Object.keys(actions));
    const refusal = refusals.take(name, queueNameIn(input));
    const wholeCall = refusal !== undefined && refusal.entries === undefined;
    if (wholeCall && !refusal.applied) throw refused(refusal);
    const output = await action(input, { queues, clock, randomId, accountId, refusal, signal });
    if (wholeCall) throw refused(refusal);
    return output;
  }

  return {
    target: "AmazonSQS",
    contentType: "application/x-amz-json-1.0",
    handle: (action, input, signal): Promise<ServiceAnswer> => answering(() => run(action, input, signal)),
    refuse: (refusal) => refusals.add(refusal),
  };
}

function refused(refusal: PlannedRefusal): ServiceError {
  const { status, code, message } = failureOf(refusal);
  return new ServiceError({ type: `com.amazonaws.sqs#${code}`, code, message, status, queryCompatible: true });
}

function queueNameIn(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("QueueUrl" in input)) return undefined;
  return typeof input.QueueUrl === "string" ? input.QueueUrl.split("/").at(-1) : undefined;
}
