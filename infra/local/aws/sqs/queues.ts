import {
  checkAttributes,
  defaultAttributes,
  type QueueAttributes,
  type QueueSettings,
  settingsOf,
  withPlainTruthValues,
} from "./attributes.ts";
import type { DeduplicationScope } from "./deduplication.ts";
import { invalidAttributeName, invalidParameterValue, queueDoesNotExist, queueNameExists } from "./errors.ts";
import { Queue } from "./queue.ts";
import { parseRedrivePolicy } from "./redrive-policy.ts";

/** A queue with its address and attributes. */
export interface HostedQueue {
  readonly queue: Queue;
  readonly url: string;
  /** All attributes, including defaults. */
  readonly attributes: QueueAttributes;
  readonly settings: QueueSettings;
  /** Milliseconds since the epoch, as are the other times. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt?: number;
  /** The old deduplication scope, and until when it is in force after a change. */
  readonly formerScope?: { readonly scope: DeduplicationScope; readonly until: number };
}

/** AWS: a changed attribute "can take up to 60 seconds" to take effect. This one was seen to take that long. */
const SCOPE_CHANGE_MS = 60_000;

/** The scope of the deduplication ids of messages that are sent at `now`, in milliseconds since the epoch. */
export function deduplicationScope({ settings, formerScope }: HostedQueue, now: number): DeduplicationScope {
  return formerScope !== undefined && now < formerScope.until ? formerScope.scope : settings.deduplicationScope;
}

export interface QueuesOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
}

/** The queues of the account, by name. */
export class Queues {
  readonly #hosted = new Map<string, HostedQueue>();
  readonly #options: QueuesOptions;
  /** One counter for all queues, so that a message gets another number in the queue to which it is moved. */
  #sequence = 0;

  constructor(options: QueuesOptions) {
    this.#options = options;
  }

  /**
   * Creates a queue, or finds the one of that name if it has the same value for every given attribute.
   *
   * @throws ServiceError `QueueNameExists`, or for a bad name or attribute
   */
  create(name: string, given: QueueAttributes, now: number): HostedQueue {
    const { FifoQueue, ...attributes } = withPlainTruthValues(given);
    const fifo = checkName(name, FifoQueue);
    const existing = this.#hosted.get(name);
    if (existing !== undefined) {
      const different = Object.keys(attributes).find((key) => existing.attributes[key] !== attributes[key]);
      if (different !== undefined) throw queueNameExists(different);
      return existing;
    }
    const { endpoint, region, accountId } = this.#options;
    const all = { ...defaultAttributes(fifo), ...attributes };
    const settings = settingsOf(all);
    const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
    const nextSequence = () => ++this.#sequence;
    const queue = new Queue({ name, arn, fifo, nextSequence, rules: { retentionSeconds: settings.retentionSeconds } });
    const url = `${endpoint}/${accountId}/${name}`;
    return this.#put({ queue, url, attributes: all, settings, createdAt: now, modifiedAt: now }, attributes);
  }

  /** @throws ServiceError for an attribute that does not exist, cannot be set, or has a bad value */
  setAttributes(hosted: HostedQueue, given: QueueAttributes, now: number): void {
    const attributes = withPlainTruthValues(given);
    const all = { ...hosted.attributes, ...attributes };
    const settings = settingsOf(all);
    const isOtherScope = settings.deduplicationScope !== hosted.settings.deduplicationScope;
    const formerScope = { scope: deduplicationScope(hosted, now), until: now + SCOPE_CHANGE_MS };
    const changed = { ...hosted, attributes: all, settings, modifiedAt: now, ...(isOtherScope && { formerScope }) };
    this.#put(changed, attributes);
  }

  notePurge(hosted: HostedQueue, now: number): void {
    this.#hosted.set(hosted.queue.name, { ...hosted, purgedAt: now });
  }

  /** Finds a queue by its URL, of which only the last part counts. @throws ServiceError `QueueDoesNotExist` */
  byUrl(url: string): HostedQueue {
    return this.byName(url.slice(url.lastIndexOf("/") + 1));
  }

  /** @throws ServiceError `QueueDoesNotExist` */
  byName(name: string): HostedQueue {
    const hosted = this.#hosted.get(name);
    if (hosted === undefined) throw queueDoesNotExist();
    return hosted;
  }

  /** In order of name. */
  list(prefix: string): HostedQueue[] {
    return [...this.#hosted.values()]
      .filter(({ queue }) => queue.name.startsWith(prefix))
      .sort((a, b) => (a.queue.name < b.queue.name ? -1 : 1));
  }

  delete(hosted: HostedQueue): void {
    this.#hosted.delete(hosted.queue.name);
    // A receive that waits for messages of this queue looks again, and finds that the queue is gone.
    hosted.queue.purge();
  }

  #put(hosted: HostedQueue, changed: QueueAttributes): HostedQueue {
    const { queue, attributes, settings } = hosted;
    checkAttributes(changed, queue.fifo);
    const policy = attributes["RedrivePolicy"];
    const redrive = policy ? parseRedrivePolicy(policy, queue, (arn) => this.#byArn(arn)) : undefined;
    queue.rules = {
      retentionSeconds: settings.retentionSeconds,
      redrive: redrive && {
        maxReceiveCount: redrive.maxReceiveCount,
        deadLetters: () => this.#byArn(redrive.deadLetterTargetArn),
      },
    };
    this.#hosted.set(queue.name, hosted);
    return hosted;
  }

  #byArn(arn: string): Queue | undefined {
    return [...this.#hosted.values()].find(({ queue }) => queue.arn === arn)?.queue;
  }
}

/** AWS: a FIFO queue has a name that ends in `.fifo` and `FifoQueue` set to `true`, never only one of them. */
function checkName(name: string, fifoQueue: string | undefined): boolean {
  const fifo = fifoQueue === "true";
  if (!fifo && fifoQueue !== undefined) throw invalidAttributeName("FifoQueue");
  if (fifo && !/^[\w-]{1,75}\.fifo$/.test(name)) {
    throw invalidParameterValue(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!fifo && !/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameterValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }
  return fifo;
}
