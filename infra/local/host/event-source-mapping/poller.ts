import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import type { Clock } from "../../../../shared/time/clock.ts";
import type { InvocationResult } from "../lambda/lambda-function.ts";
import { failedMessageIds } from "./batch-answer.ts";
import { sqsEvent } from "./sqs-event.ts";

export interface PollerOptions {
  readonly sqs: SQSClient;
  readonly clock: Clock;
  readonly function: { invoke(event: SQSEvent): Promise<InvocationResult> };
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  /**
   * Whether the function's answer says which messages failed. If not, only an exception fails them, and then all of
   * them.
   */
  readonly reportsBatchItemFailures: boolean;
  /** Called when SQS cannot be read or written; polling goes on. */
  readonly onError: (error: unknown) => void;
}

/** AWS: the longest a receive waits for messages. */
const waitSeconds = 20;
const pauseAfterErrorMs = 1000;

/** Passes a queue's messages to a function, one batch at a time, until the signal aborts. Never rejects. */
export async function poll(options: PollerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await receive(options, signal);
      if (messages.length > 0) await process(options, messages, signal);
    } catch (error) {
      if (signal.aborted) return;
      options.onError(error);
      await options.clock.sleep(pauseAfterErrorMs, signal).catch(() => undefined);
    }
  }
}

async function receive({ sqs, queueUrl, batchSize }: PollerOptions, signal: AbortSignal): Promise<Message[]> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
    { abortSignal: signal },
  );
  return Messages ?? [];
}

/** Messages that the function has processed are deleted. The others stay hidden until their visibility timeout ends. */
async function process(options: PollerOptions, messages: readonly Message[], signal: AbortSignal): Promise<void> {
  const result = await options.function.invoke(sqsEvent(messages, options.queueArn));
  if (result.outcome !== "returned" || signal.aborted) return;
  const ids = messages.map(({ MessageId = "" }) => MessageId);
  const failed = options.reportsBatchItemFailures ? failedMessageIds(result.value, ids) : [];
  const done = messages.filter(({ MessageId = "" }) => !failed.includes(MessageId));
  if (done.length === 0) return;
  const { Failed = [] } = await options.sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: options.queueUrl,
      Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    }),
  );
  for (const { Code, Message: reason } of Failed) {
    options.onError(new Error(`A processed message was not deleted and comes again: ${reason ?? Code}`));
  }
}
