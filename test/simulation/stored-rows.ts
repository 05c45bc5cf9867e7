import * as z from "zod/mini";
import { ledgerTable, roomTable } from "./ledger-table.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

const itemSchema = z.object({
  Item: z.looseObject({ row: z.object({ S: z.string() }), revision: z.object({ N: z.string() }) }),
});

/** Rewrites the row of an operation as another version might. @returns a function that undoes it */
export async function rewriteRow(
  world: SimulatedWorld,
  id: string,
  rewrite: (row: string) => string,
): Promise<() => Promise<void>> {
  const Key = { pk: { S: `operation#${id}` } };
  const answer = await world.dynamo.handle("GetItem", { TableName: ledgerTable.TableName, Key, ConsistentRead: true });
  const { Item } = itemSchema.parse(answer.body);
  const put = async (row: string, revision: number) => {
    const changed = { ...Item, row: { S: row }, revision: { N: String(revision) } };
    await world.dynamo.handle("PutItem", { TableName: ledgerTable.TableName, Item: changed });
  };
  const revision = Number(Item.revision.N);
  await put(rewrite(Item.row.S), revision + 1);
  return () => put(Item.row.S, revision + 2);
}

const putsSchema = z.object({
  RequestItems: z.object({
    [roomTable.TableName]: z.array(z.object({ PutRequest: z.object({ Item: z.looseObject({}) }) })),
  }),
});

/** From now on entries of the waiting room lose everything but their keys. @returns a function that ends this */
export function damageEntries(world: SimulatedWorld): () => void {
  const handle = world.dynamo.handle.bind(world.dynamo);
  world.dynamo.handle = async (action, input, signal) => {
    const puts = action === "BatchWriteItem" ? putsSchema.safeParse(input) : undefined;
    if (puts?.success !== true) return await handle(action, input, signal);
    const damaged = Object.values(puts.data.RequestItems)
      .flat()
      .map(({ PutRequest: { Item } }) => {
        const { pk, sk } = Item;
        return { PutRequest: { Item: { pk, sk } } };
      });
    return await handle(action, { RequestItems: { [roomTable.TableName]: damaged } }, signal);
  };
  return () => {
    world.dynamo.handle = handle;
  };
}

/** A row, or a message, as a version has written it that is newer than any. */
export function asNewer(text: string): string {
  return JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(text)), v: 999 });
}

const anyItemSchema = z.object({ Item: z.looseObject({}) });

/** Rewrites an item of the ledger's table, as it stands on the wire. @returns the item as it was */
export async function rewriteItem(
  world: SimulatedWorld,
  pk: string,
  rewrite: (item: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { TableName } = ledgerTable;
  const answer = await world.dynamo.handle("GetItem", { TableName, Key: { pk: { S: pk } }, ConsistentRead: true });
  const { Item } = anyItemSchema.parse(answer.body);
  await world.dynamo.handle("PutItem", { TableName, Item: { ...rewrite(Item), pk: { S: pk } } });
  return Item;
}
