import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { OneItem } from "../dynamo/one-item.ts";

/** The messages that a dispatcher has hidden for a block or a pause, so that resume can show them early. */
export interface Hidden {
  /** Until when they are hidden, in milliseconds since the epoch. */
  readonly until: number;
  /** SQS's receipt handles, in the queue's order. */
  readonly handles: readonly string[];
}

export const hiddenSchema = z.object({ until: z.number(), handles: z.array(z.string()) });

export class HiddenStore {
  readonly #item: OneItem;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#item = new OneItem(dynamo, table, `hidden#${lane}`);
  }

  /** An item that cannot be read counts as none: the messages come back when their time is over. */
  async read(): Promise<Hidden | undefined> {
    return hiddenSchema.safeParse(await this.#item.read()).data;
  }

  async write(hidden: Hidden): Promise<void> {
    await this.#item.put(hidden);
  }
}
