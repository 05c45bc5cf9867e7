/** AWS: the deduplication interval is five minutes and cannot be changed. */
export const DEDUPLICATION_WINDOW_MS = 300_000;

/** What the sender of a duplicate is told: the first message's id and place. */
export interface Sent {
  readonly id: string;
  readonly sequence: number;
}

type Generation = Map<string, Sent & { readonly at: number }>;

/**
 * The deduplication ids of the last five minutes. They outlive their messages, as AWS's do.
 * Two generations of ids, the older dropped whole, keep it free of scans however many ids there are.
 */
export class DeduplicationWindow {
  #current: Generation = new Map();
  #previous: Generation = new Map();
  #since = Number.NEGATIVE_INFINITY;

  /** The first message sent with this id within the window before `now` (milliseconds since the epoch). */
  find(id: string, now: number): Sent | undefined {
    const sent = this.#current.get(id) ?? this.#previous.get(id);
    return sent !== undefined && now - sent.at < DEDUPLICATION_WINDOW_MS ? sent : undefined;
  }

  remember(id: string, sent: Sent, now: number): void {
    if (now - this.#since >= DEDUPLICATION_WINDOW_MS) {
      this.#previous = this.#current;
      this.#current = new Map();
      this.#since = now;
    }
    this.#current.set(id, { ...sent, at: now });
  }
}
