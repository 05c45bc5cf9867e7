import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { pauseKey } from "./pause-key.ts";

/** Somebody has paused a lane by hand. A lane may have a pause and a block at once. */
export interface Pause {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The caller as the API's authorizer names it; absent if it names none. */
  readonly by?: string;
}

export const pauseSchema = z.object({ since: z.number(), by: z.exactOptional(z.string()) });

export function toPause(item: unknown): Pause | undefined {
  return item === undefined ? undefined : pauseSchema.parse(item);
}

export class PauseStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #key: { readonly pk: string };

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#key = { pk: pauseKey(lane) };
  }

  async read(): Promise<Pause | undefined> {
    const get = new GetCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true });
    return toPause((await this.#dynamo.send(get)).Item);
  }

  async write(pause: Pause): Promise<void> {
    await this.#dynamo.send(new PutCommand({ TableName: this.#table, Item: { ...this.#key, ...pause } }));
  }

  async clear(): Promise<void> {
    await this.#dynamo.send(new DeleteCommand({ TableName: this.#table, Key: this.#key }));
  }
}
