/** AWS: the deduplication interval is five minutes and cannot be changed. */
const DEDUPLICATION_WINDOW_MS = 300_000;

/** Where a deduplication id counts: in the whole queue, or in one message group. */
export type DeduplicationScope = "queue" | "messageGroup";

/** The answer to a duplicate: the id and the sequence of the first message. */
export interface Sent {
  readonly id: string;
  readonly sequence: number;
}

export interface Deduplicated {
  readonly deduplicationId: string;
  readonly groupId: string;
}

type Generation = Map<string, Sent & { readonly at: number }>;

/**
 * The deduplication ids of the last five minutes. They outlive their messages, as AWS's do, and each keeps the scope
 * under which it was used. There are two generations of ids, and the older one is dropped as a whole. So nothing scans
 * them, however many there are.
 */
export class DeduplicationWindow {
  #current: Generation = new Map();
  #previous: Generation = new Map();
  #since = Number.NEGATIVE_INFINITY;

  /** The first message of which this one is a duplicate, sent within the window before `now` (milliseconds since the epoch). */
  find(message: Deduplicated, now: number): Sent | undefined {
    return this.#find(keyOf(message, "queue"), now) ?? this.#find(keyOf(message, "messageGroup"), now);
  }

  remember(message: Deduplicated, scope: DeduplicationScope, sent: Sent, now: number): void {
    if (now - this.#since >= DEDUPLICATION_WINDOW_MS) {
      this.#previous = this.#current;
      this.#current = new Map();
      this.#since = now;
    }
    this.#current.set(keyOf(message, scope), { ...sent, at: now });
  }

  #find(key: string, now: number): Sent | undefined {
    const sent = this.#current.get(key) ?? this.#previous.get(key);
    return sent !== undefined && now - sent.at < DEDUPLICATION_WINDOW_MS ? sent : undefined;
  }
}

/** Ids have no spaces, so two messages never get the same key by accident. */
function keyOf({ deduplicationId, groupId }: Deduplicated, scope: DeduplicationScope): string {
  return scope === "queue" ? deduplicationId : `${groupId} ${deduplicationId}`;
}
