import { type COMPUTED, isAttributeName, type QueueAttributes } from "./attributes.ts";
import type { SqsContext } from "./context.ts";
import { readInput } from "./context.ts";
import { invalidAttributeName, invalidParameter, purgeQueueInProgress } from "./errors.ts";
import { inputs } from "./inputs.ts";
import type { HostedQueue } from "./queues.ts";

/** AWS: one purge of a queue every 60 seconds. */
const PURGE_INTERVAL_MS = 60_000;

const MAX_LISTED = 1000;

/** The actions that concern a queue as a whole. */
export const queueActions = {
  CreateQueue(input: unknown, { queues, clock }: SqsContext) {
    const { QueueName, Attributes = {} } = readInput(inputs.createQueue, input);
    return { QueueUrl: queues.create(QueueName, Attributes, clock.now()).url };
  },

  GetQueueUrl(input: unknown, { queues }: SqsContext) {
    return { QueueUrl: queues.byName(readInput(inputs.getQueueUrl, input).QueueName).url };
  },

  GetQueueAttributes(input: unknown, { queues, clock }: SqsContext) {
    const { QueueUrl, AttributeNames = [] } = readInput(inputs.getQueueAttributes, input);
    const unknown = AttributeNames.find((name) => name !== "All" && !isAttributeName(name));
    if (unknown !== undefined) throw invalidAttributeName(unknown);
    const all = describe(queues.byUrl(QueueUrl), clock.now());
    const wanted = AttributeNames.includes("All") ? Object.keys(all) : AttributeNames;
    const chosen = Object.entries(all).filter(([name]) => wanted.includes(name));
    return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
  },

  SetQueueAttributes(input: unknown, { queues, clock }: SqsContext) {
    const { QueueUrl, Attributes } = readInput(inputs.setQueueAttributes, input);
    queues.setAttributes(queues.byUrl(QueueUrl), Attributes, clock.now());
  },

  ListQueues(input: unknown, { queues }: SqsContext) {
    const { QueueNamePrefix = "", MaxResults = MAX_LISTED, NextToken = "" } = readInput(inputs.listQueues, input);
    if (MaxResults < 1 || MaxResults > MAX_LISTED) {
      throw invalidParameter("MaxResults", MaxResults, `Must be between 1 and ${MAX_LISTED}, if provided.`);
    }
    const names = queues.list(QueueNamePrefix).filter(({ queue }) => queue.name > NextToken);
    const page = names.slice(0, MaxResults);
    if (page.length === 0) return {};
    const more = names.length > page.length;
    return { QueueUrls: page.map(({ url }) => url), NextToken: more ? page.at(-1)?.queue.name : undefined };
  },

  DeleteQueue(input: unknown, { queues }: SqsContext) {
    queues.delete(queues.byUrl(readInput(inputs.queue, input).QueueUrl));
  },

  PurgeQueue(input: unknown, { queues, clock }: SqsContext) {
    const hosted = queues.byUrl(readInput(inputs.queue, input).QueueUrl);
    const now = clock.now();
    if (hosted.purgedAt !== undefined && now - hosted.purgedAt < PURGE_INTERVAL_MS) {
      throw purgeQueueInProgress(hosted.queue.name);
    }
    hosted.queue.purge();
    queues.notePurge(hosted, now);
  },
};

function describe({ queue, attributes, createdAt, modifiedAt }: HostedQueue, now: number): QueueAttributes {
  const { visible, inFlight, delayed } = queue.counts(now);
  const seconds = (ms: number) => String(Math.floor(ms / 1000));
  const computed: Record<(typeof COMPUTED)[number], string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(createdAt),
    LastModifiedTimestamp: seconds(modifiedAt),
  };
  // AWS: setting an attribute to an empty value removes it.
  return { ...Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== "")), ...computed };
}
