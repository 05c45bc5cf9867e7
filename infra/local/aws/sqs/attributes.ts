import type { DeduplicationScope } from "./deduplication.ts";
import { fifoOnlyAttribute, invalidAttributeName, invalidAttributeValue, queueTypeIsFixed } from "./errors.ts";

/** Queue attributes by name, as the API carries them: every value a string. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** AWS: the range and the default of each, in seconds or bytes (SetQueueAttributes, API reference). */
const NUMBERS = {
  VisibilityTimeout: { min: 0, max: 43_200, byDefault: 30 },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, byDefault: 345_600 },
  DelaySeconds: { min: 0, max: 900, byDefault: 0 },
  MaximumMessageSize: { min: 1_024, max: 1_048_576, byDefault: 1_048_576 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, byDefault: 0 },
} as const;

type NumberName = keyof typeof NUMBERS;

/** Attributes that only a FIFO queue has. */
const FIFO_CHOICES: Readonly<Record<string, readonly [byDefault: string, other: string]>> = {
  ContentBasedDeduplication: ["false", "true"],
  DeduplicationScope: ["queue", "messageGroup"],
  FifoThroughputLimit: ["perQueue", "perMessageGroupId"],
};

/** For these AWS refuses a standard queue with another message. */
const HIGH_THROUGHPUT = ["DeduplicationScope", "FifoThroughputLimit"];

const TRUTH_VALUES = ["FifoQueue", "ContentBasedDeduplication", "SqsManagedSseEnabled"];

/** Attributes that are stored and returned, but have no effect here: nothing is encrypted and nobody is refused. */
const KEPT = ["Policy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];

/** Attributes that the service computes. */
export const COMPUTED = [
  "QueueArn",
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
] as const;

/** The attributes that the model acts on. */
export interface QueueSettings {
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly delaySeconds: number;
  readonly maximumMessageBytes: number;
  readonly waitSeconds: number;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: DeduplicationScope;
}

/** The attributes of a new queue of this kind. */
export function defaultAttributes(fifo: boolean): QueueAttributes {
  const numbers = Object.entries(NUMBERS).map(([name, { byDefault }]) => [name, String(byDefault)]);
  const choices = Object.entries(FIFO_CHOICES).map(([name, [byDefault]]) => [name, byDefault]);
  return Object.fromEntries([
    ...numbers,
    ["SqsManagedSseEnabled", "true"],
    ...(fifo ? [["FifoQueue", "true"], ...choices] : []),
  ]);
}

export function isAttributeName(name: string): boolean {
  return isSettable(name, true) || name === "FifoQueue" || COMPUTED.some((computed) => computed === name);
}

/** AWS accepts a boolean in any letter case, such as Python's `True`, and returns it in lower case. */
export function withPlainTruthValues(attributes: QueueAttributes): QueueAttributes {
  const plain = ([name, value]: [string, string]) => [name, TRUTH_VALUES.includes(name) ? value.toLowerCase() : value];
  return Object.fromEntries(Object.entries(attributes).map(plain));
}

/**
 * Checks attributes that a caller wants to set; `RedrivePolicy` is read elsewhere.
 *
 * @throws ServiceError `InvalidAttributeName` or `InvalidAttributeValue`
 */
export function checkAttributes(attributes: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "FifoQueue" && fifo) {
      if (value !== "true") throw queueTypeIsFixed();
      continue;
    }
    if (HIGH_THROUGHPUT.includes(name) && !fifo) throw fifoOnlyAttribute(name);
    if (!isSettable(name, fifo)) throw invalidAttributeName(name);
    if (isNumberName(name) && !inRange(NUMBERS[name], value)) throw invalidAttributeValue(name);
    if (FIFO_CHOICES[name]?.includes(value) === false) throw invalidAttributeValue(name);
  }
}

/** @param attributes all attributes of a queue, defaults included */
export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const number = (name: NumberName) => Number(attributes[name] ?? NUMBERS[name].byDefault);
  return {
    visibilitySeconds: number("VisibilityTimeout"),
    retentionSeconds: number("MessageRetentionPeriod"),
    delaySeconds: number("DelaySeconds"),
    maximumMessageBytes: number("MaximumMessageSize"),
    waitSeconds: number("ReceiveMessageWaitTimeSeconds"),
    contentBasedDeduplication: attributes["ContentBasedDeduplication"] === "true",
    deduplicationScope: attributes["DeduplicationScope"] === "messageGroup" ? "messageGroup" : "queue",
  };
}

function isSettable(name: string, fifo: boolean): boolean {
  return (
    isNumberName(name) || name === "RedrivePolicy" || KEPT.includes(name) || (fifo && Object.hasOwn(FIFO_CHOICES, name))
  );
}

function isNumberName(name: string): name is NumberName {
  return Object.hasOwn(NUMBERS, name);
}

function inRange({ min, max }: { readonly min: number; readonly max: number }, value: string): boolean {
  return /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
}
