import { checkBatch, runBatch } from "./batch.ts";
import { readInput, type SqsContext } from "./context.ts";
import { invalidParameter } from "./errors.ts";
import { inputs } from "./inputs.ts";
import { MAX_VISIBILITY_SECONDS, type Queue } from "./queue.ts";
import { receive } from "./receive.ts";
import { checkSendBatch, send } from "./send.ts";

/** The actions that concern messages. */
export const messageActions = {
  SendMessage(input: unknown, { queues, clock, randomId }: SqsContext) {
    const { QueueUrl, ...entry } = readInput(inputs.sendMessage, input);
    return send(queues.byUrl(QueueUrl), entry, { randomId, now: clock.now() });
  },

  SendMessageBatch(input: unknown, { queues, clock, randomId, refusal }: SqsContext) {
    const { QueueUrl, Entries } = readInput(inputs.sendMessageBatch, input);
    const hosted = queues.byUrl(QueueUrl);
    checkBatch(Entries, "SendMessageBatchRequestEntry");
    checkSendBatch(hosted, Entries);
    const now = clock.now();
    return runBatch(Entries, refusal, (entry) => send(hosted, entry, { randomId, now }));
  },

  ReceiveMessage(input: unknown, { queues, clock, accountId, signal }: SqsContext) {
    const parsed = readInput(inputs.receiveMessage, input);
    return receive(parsed, { clock, signal, senderId: accountId, find: () => queues.byUrl(parsed.QueueUrl) });
  },

  DeleteMessage(input: unknown, { queues, clock }: SqsContext) {
    const { QueueUrl, ReceiptHandle } = readInput(inputs.deleteMessage, input);
    queues.byUrl(QueueUrl).queue.delete(ReceiptHandle, clock.now());
  },

  DeleteMessageBatch(input: unknown, { queues, clock, refusal }: SqsContext) {
    const { QueueUrl, Entries } = readInput(inputs.deleteMessageBatch, input);
    const { queue } = queues.byUrl(QueueUrl);
    checkBatch(Entries, "DeleteMessageBatchRequestEntry");
    return runBatch(Entries, refusal, ({ ReceiptHandle }) => {
      queue.delete(ReceiptHandle, clock.now());
      return {};
    });
  },

  ChangeMessageVisibility(input: unknown, { queues, clock }: SqsContext) {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = readInput(inputs.changeMessageVisibility, input);
    changeVisibility(queues.byUrl(QueueUrl).queue, ReceiptHandle, VisibilityTimeout, clock.now());
  },

  ChangeMessageVisibilityBatch(input: unknown, { queues, clock, refusal }: SqsContext) {
    const { QueueUrl, Entries } = readInput(inputs.changeMessageVisibilityBatch, input);
    const { queue, settings } = queues.byUrl(QueueUrl);
    checkBatch(Entries, "ChangeMessageVisibilityBatchRequestEntry");
    return runBatch(Entries, refusal, ({ ReceiptHandle, VisibilityTimeout = settings.visibilitySeconds }) => {
      changeVisibility(queue, ReceiptHandle, VisibilityTimeout, clock.now());
      return {};
    });
  },
};

function changeVisibility(queue: Queue, handle: string, seconds: number, now: number): void {
  if (seconds < 0) {
    throw invalidParameter(
      "VisibilityTimeout",
      seconds,
      `Must be between 0 and ${MAX_VISIBILITY_SECONDS}, if provided.`,
    );
  }
  queue.changeVisibility(handle, seconds, now);
}
