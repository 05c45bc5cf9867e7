import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";

/** The messages that a dispatcher has hidden for a block or a pause, so that resume can show them early. */
export interface Hidden {
  /** Until when they are hidden, in milliseconds since the epoch. */
  readonly until: number;
  /** SQS's receipt handles, in the queue's order. */
  readonly handles: readonly string[];
}

export const hiddenSchema = z.object({ until: z.number(), handles: z.array(z.string()) });

export class HiddenStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #key: { readonly pk: string };

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#key = { pk: `hidden#${lane}` };
  }

  async read(): Promise<Hidden | undefined> {
    const get = new GetCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true });
    const { Item } = await this.#dynamo.send(get);
    return Item === undefined ? undefined : hiddenSchema.parse(Item);
  }

  async write(hidden: Hidden): Promise<void> {
    await this.#dynamo.send(new PutCommand({ TableName: this.#table, Item: { ...this.#key, ...hidden } }));
  }
}
