import type { Clock } from "../../../../shared/time/clock.ts";
import { invalidParameter } from "./errors.ts";
import type { ReceiveMessage } from "./inputs.ts";
import { md5OfAttributes, md5OfBody } from "./md5.ts";
import { type Message, type MessageAttributes, sequenceNumber } from "./message.ts";
import { type Delivery, MAX_VISIBILITY_SECONDS, type Queue } from "./queue.ts";
import type { HostedQueue } from "./queues.ts";

export interface ReceiveContext {
  readonly clock: Clock;
  /** Finds the queue again after a wait: it may have been deleted or have other attributes. */
  readonly find: () => HostedQueue;
  readonly senderId: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Receives messages, waiting for the first of them up to `WaitTimeSeconds` or the queue's own wait.
 *
 * @throws ServiceError if a number is out of its range, or if the queue is deleted during the wait
 */
export async function receive(input: ReceiveMessage, { clock, find, senderId, signal }: ReceiveContext) {
  const maxMessages = within("MaxNumberOfMessages", input.MaxNumberOfMessages, 1, 10) ?? 1;
  const visibility = within("VisibilityTimeout", input.VisibilityTimeout, 0, MAX_VISIBILITY_SECONDS);
  const waitSeconds = within("WaitTimeSeconds", input.WaitTimeSeconds, 0, 20) ?? find().settings.waitSeconds;
  const deadline = clock.now() + waitSeconds * 1000;
  for (;;) {
    const { queue, settings } = find();
    const now = clock.now();
    const deliveries = queue.receive(maxMessages, visibility ?? settings.visibilitySeconds, now);
    if (deliveries.length > 0) return { Messages: deliveries.map((delivery) => asOutput(delivery, input, senderId)) };
    if (now >= deadline) return {};
    await untilChange(queue, Math.min(deadline, queue.nextReturnAt ?? deadline) - now, clock, signal);
  }
}

/** Waits for `ms`, or until the queue changes. Rejects with the signal's reason. */
async function untilChange(queue: Queue, ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  const change = new AbortController();
  const stopListening = queue.onChange(() => change.abort());
  try {
    await clock.sleep(ms, signal === undefined ? change.signal : AbortSignal.any([change.signal, signal]));
  } catch (error) {
    if (signal?.aborted || !change.signal.aborted) throw error;
  } finally {
    stopListening();
  }
}

function within(parameter: string, value: number | undefined, min: number, max: number): number | undefined {
  if (value !== undefined && (value < min || value > max)) {
    throw invalidParameter(parameter, value, `Must be between ${min} and ${max}, if provided.`);
  }
  return value;
}

function asOutput({ message, receiptHandle }: Delivery, input: ReceiveMessage, senderId: string) {
  const system = systemAttributes(message, senderId);
  const wanted = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const chosen = wanted.includes("All") ? system : pick(system, (name) => wanted.includes(name));
  const attributes = pick(message.attributes, attributeFilter(input.MessageAttributeNames ?? []));
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5OfBody(message.body),
    Body: message.body,
    Attributes: isEmpty(chosen) ? undefined : chosen,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: isEmpty(attributes) ? undefined : attributes,
  };
}

function systemAttributes(message: Readonly<Message>, senderId: string): Record<string, string> {
  const fifo = message.deduplicationId !== undefined;
  const all = {
    SenderId: senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: fifo ? sequenceNumber(message.sequence) : undefined,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** AWS: `All` and `.*` are every attribute, `prefix.*` all that start with `prefix`. */
function attributeFilter(names: readonly string[]): (name: string) => boolean {
  if (names.includes("All") || names.includes(".*")) return () => true;
  const prefixes = names.filter((name) => name.endsWith(".*")).map((name) => name.slice(0, -2));
  return (name) => names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

function pick<T>(from: Readonly<Record<string, T>>, wanted: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => wanted(name)));
}

function isEmpty(attributes: Readonly<Record<string, string>> | MessageAttributes): boolean {
  return Object.keys(attributes).length === 0;
}
