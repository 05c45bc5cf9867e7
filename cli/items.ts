/** Changes each item as it comes. */
export async function* mapped<Item, Mapped>(
  items: AsyncIterable<Item>,
  change: (item: Item) => Mapped,
): AsyncGenerator<Mapped, void, undefined> {
  for await (const item of items) yield change(item);
}

/** The first items: `count` of them, and at least one. It asks for no item beyond them. */
export async function* first<Item>(count: number, items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    taken++;
    if (taken === count) return;
  }
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
