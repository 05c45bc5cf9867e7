/** Ordered entries, of which a page can be taken without visiting those before it. */
export interface Ordered<T> {
  readonly size: number;
  /** The entries from `start` up to but not `end`. */
  slice(start: number, end: number): readonly T[];
}

/**
 * A set that keeps its entries in the order of arrival. After a removal, the next slice visits all entries once.
 * Otherwise a slice costs only its own entries, so that listing 100,000 people page by page is fast.
 */
export class Roll<T> implements Ordered<T> {
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

/** The part of a listing from `start` up to but not including `end`, as a listing. */
export function part<T>(listing: Ordered<T>, start: number, end: number): Ordered<T> {
  const from = Math.min(start, listing.size);
  const to = Math.max(from, Math.min(end, listing.size));
  return {
    size: to - from,
    slice: (first, last) => listing.slice(from + first, Math.min(from + last, to)),
  };
}
