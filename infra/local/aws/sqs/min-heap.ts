interface Entry<T> {
  readonly key: number;
  /** Of two entries with one key, the one that was pushed first comes first. */
  readonly order: number;
  readonly value: T;
}

/** A binary heap: the entry with the smallest key first, in logarithmic time. */
export class MinHeap<T> {
  readonly #entries: Entry<T>[] = [];
  #pushed = 0;

  get size(): number {
    return this.#entries.length;
  }

  peek(): Entry<T> | undefined {
    return this.#entries[0];
  }

  push(key: number, value: T): void {
    const entries = this.#entries;
    this.#pushed += 1;
    const entry = { key, order: this.#pushed, value };
    let at = entries.length;
    entries.push(entry);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = entries[parentAt];
      if (parent === undefined || isBefore(parent, entry)) break;
      entries[at] = parent;
      at = parentAt;
    }
    entries[at] = entry;
  }

  pop(): Entry<T> | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return top;
    let at = 0;
    for (;;) {
      const smaller = this.#smallerChild(at);
      const child = entries[smaller];
      if (child === undefined || isBefore(last, child)) break;
      entries[at] = child;
      at = smaller;
    }
    entries[at] = last;
    return top;
  }

  #smallerChild(at: number): number {
    const left = this.#entries[2 * at + 1];
    const right = this.#entries[2 * at + 2];
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
  }
}

function isBefore(one: Entry<unknown>, other: Entry<unknown>): boolean {
  return one.key < other.key || (one.key === other.key && one.order < other.order);
}
