/** A binary heap: the entry with the smallest key first, in logarithmic time. */
export class MinHeap<T> {
  readonly #entries: { readonly key: number; readonly value: T }[] = [];

  get size(): number {
    return this.#entries.length;
  }

  peek(): { readonly key: number; readonly value: T } | undefined {
    return this.#entries[0];
  }

  push(key: number, value: T): void {
    const entries = this.#entries;
    const entry = { key, value };
    let at = entries.length;
    entries.push(entry);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = entries[parentAt];
      if (parent === undefined || parent.key <= key) break;
      entries[at] = parent;
      at = parentAt;
    }
    entries[at] = entry;
  }

  pop(): { readonly key: number; readonly value: T } | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return top;
    let at = 0;
    for (;;) {
      const smaller = this.#smallerChild(at);
      const child = entries[smaller];
      if (child === undefined || child.key >= last.key) break;
      entries[at] = child;
      at = smaller;
    }
    entries[at] = last;
    return top;
  }

  #smallerChild(at: number): number {
    const left = this.#entries[2 * at + 1];
    const right = this.#entries[2 * at + 2];
    return left !== undefined && right !== undefined && right.key < left.key ? 2 * at + 2 : 2 * at + 1;
  }
}
