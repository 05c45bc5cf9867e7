import { createHash } from "node:crypto";
import type { QueueSettings } from "./attributes.ts";
import { batchRequestTooLong, invalidParameter, invalidParameterValue, missingParameter } from "./errors.ts";
import type { MessageEntry } from "./inputs.ts";
import { md5OfAttributes, md5OfBody } from "./md5.ts";
import { sequenceNumber } from "./message.ts";
import { checkAttributes, checkBody, messageBytes } from "./message-content.ts";
import { deduplicationScope, type HostedQueue } from "./queues.ts";

/** AWS: a message with its attributes is at most 1 MiB, and so is a whole batch. */
const MAX_BATCH_BYTES = 1_048_576;

/** AWS: a queue's or a message's delay is at most 15 minutes. */
const MAX_DELAY_SECONDS = 900;

/** AWS: "alphanumeric characters (a-z, A-Z, 0-9) and punctuation", 1 to 128 of them. */
const FIFO_ID = /^[!-~]{1,128}$/;

export interface SendContext {
  readonly randomId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Puts one message into a queue.
 *
 * @throws ServiceError if it breaks one of AWS's rules
 */
export function send(hosted: HostedQueue, entry: MessageEntry, { randomId, now }: SendContext) {
  const { queue, settings } = hosted;
  const attributes = entry.MessageAttributes ?? {};
  checkBody(entry.MessageBody);
  checkAttributes(attributes);
  if (messageBytes(entry) > settings.maximumMessageBytes) {
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${settings.maximumMessageBytes} bytes.`,
    );
  }
  const delaySeconds = delayOf(entry, queue.fifo, settings);
  checkFifoMembers(entry, hosted);
  const deduplicationId = queue.fifo ? deduplicationIdOf(entry, settings) : undefined;
  const traceHeader = entry.MessageSystemAttributes?.["AWSTraceHeader"]?.StringValue;
  const sent = queue.send(
    {
      id: randomId(),
      body: entry.MessageBody,
      attributes,
      traceHeader,
      groupId: entry.MessageGroupId,
      deduplicationId,
      receiveCount: 0,
    },
    now,
    { delaySeconds, deduplicationScope: deduplicationScope(hosted, now) },
  );
  return {
    MessageId: sent.id,
    MD5OfMessageBody: md5OfBody(entry.MessageBody),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(entry.MessageSystemAttributes ?? {}),
    SequenceNumber: queue.fifo ? sequenceNumber(sent.sequence) : undefined,
  };
}

/**
 * Checks the rules for which AWS refuses a whole `SendMessageBatch`, besides the rules of every batch.
 *
 * @throws ServiceError if it is too long, or if an entry for a FIFO queue lacks a group or a deduplication id
 */
export function checkSendBatch(hosted: HostedQueue, entries: readonly MessageEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
  if (bytes > MAX_BATCH_BYTES) throw batchRequestTooLong(MAX_BATCH_BYTES, bytes);
  if (!hosted.queue.fifo) return;
  for (const entry of entries) {
    // The message is the same as for SendMessage, but the code is another.
    if (entry.MessageGroupId === undefined)
      throw invalidParameterValue("The request must contain the parameter MessageGroupId.");
    deduplicationIdOf(entry, hosted.settings);
  }
}

/** AWS: a FIFO queue has only a delay of its own, and no delay for each message; an explicit 0 is accepted. */
function delayOf({ DelaySeconds: delay }: MessageEntry, fifo: boolean, settings: QueueSettings): number {
  if (delay === undefined) return settings.delaySeconds;
  if (fifo && delay !== 0) {
    const reason = "The request include parameter that is not valid for this queue type.";
    throw invalidParameter("DelaySeconds", delay, reason);
  }
  if (delay < 0 || delay > MAX_DELAY_SECONDS) {
    throw invalidParameter("DelaySeconds", delay, `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  }
  return fifo ? settings.delaySeconds : delay;
}

function checkFifoMembers(entry: MessageEntry, { queue }: HostedQueue): void {
  if (queue.fifo && entry.MessageGroupId === undefined) throw missingParameter("MessageGroupId");
  if (!queue.fifo && entry.MessageDeduplicationId !== undefined) {
    const reason = "The request include parameter that is not valid for this queue type.";
    throw invalidParameter("MessageDeduplicationId", entry.MessageDeduplicationId, reason);
  }
  for (const name of ["MessageGroupId", "MessageDeduplicationId"] as const) {
    const id = entry[name];
    if (id === undefined || FIFO_ID.test(id)) continue;
    const reason = `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
    throw invalidParameter(name, id, reason);
  }
}

/**
 * AWS: content-based deduplication uses the SHA-256 of the body, without the attributes; an explicit id overrides it.
 */
function deduplicationIdOf(entry: MessageEntry, settings: QueueSettings): string {
  if (entry.MessageDeduplicationId !== undefined) return entry.MessageDeduplicationId;
  if (settings.contentBasedDeduplication) return createHash("sha256").update(entry.MessageBody).digest("hex");
  throw invalidParameterValue(
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}
