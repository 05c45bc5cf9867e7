/** Entries in an order, a page of which can be taken without walking those before it. */
export interface Listing<T> {
  readonly size: number;
  /** The entries from `start` up to but not `end`. */
  slice(start: number, end: number): readonly T[];
}

/**
 * A set that keeps the order in which its entries came. After a removal the next slice walks it once; otherwise a slice
 * costs what it holds, so that listing page after page of 100,000 people does not walk them all for each.
 */
export class Roll<T> implements Listing<T> {
  readonly #entries = new Set<T>();
  #ordered: T[] | undefined;
  #revision = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  has(entry: T): boolean {
    return this.#entries.has(entry);
  }

  add(entry: T): void {
    if (this.#entries.has(entry)) return;
    this.#entries.add(entry);
    this.#ordered?.push(entry);
    this.#revision += 1;
  }

  delete(entry: T): void {
    if (!this.#entries.delete(entry)) return;
    this.#ordered = undefined;
    this.#revision += 1;
  }

  slice(start: number, end: number): readonly T[] {
    this.#ordered ??= [...this.#entries];
    return this.#ordered.slice(start, end);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#entries.values();
  }
}

/** The part of a listing from `start` up to but not `end`, a listing itself. */
export function part<T>(listing: Listing<T>, start: number, end: number): Listing<T> {
  const from = Math.min(start, listing.size);
  const to = Math.max(from, Math.min(end, listing.size));
  return {
    size: to - from,
    slice: (first, last) => listing.slice(from + first, Math.min(from + last, to)),
  };
}
