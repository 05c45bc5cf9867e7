/** Each item changed as it comes. */
export async function* mapped<Item, Mapped>(
  items: AsyncIterable<Item>,
  change: (item: Item) => Mapped,
): AsyncGenerator<Mapped, void, undefined> {
  for await (const item of items) yield change(item);
}
