import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { OneItem } from "../dynamo/one-item.ts";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { noRemovals, type Removals } from "./removals.ts";
import { removalsKey } from "./removals-key.ts";
import { removalsSchema } from "./removals-schema.ts";

const revisionSchema = z.object({ revision: z.number() });

/**
 * What cannot be read counts as nothing: the limit begins anew, and what is held stays so until each operation is
 * canceled.
 */
function toRemovals(item: unknown): Removals {
  return removalsSchema.safeParse(item).data ?? noRemovals;
}

export class RemovalStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #item: OneItem;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#item = new OneItem(dynamo, table, removalsKey(lane));
  }

  async read(): Promise<Removals> {
    return toRemovals(await this.#item.read());
  }

  /**
   * Writes what `change` returns. If another write came in between, `change` is called again with what that one left.
   * Where it returns no removals, nothing is written.
   */
  async update<Result extends { readonly removals?: Removals } | undefined>(
    change: (removals: Removals) => Result,
  ): Promise<Result> {
    for (;;) {
      const stored = await this.#item.read();
      const result = change(toRemovals(stored));
      if (result?.removals === undefined) return result;
      const revision = stored === undefined ? 0 : (revisionSchema.safeParse(stored).data?.revision ?? 0);
      const item = { ...this.#item.at.Key, ...result.removals };
      if (await putAtRevision(this.#dynamo, this.#table, item, revision)) return result;
    }
  }
}
