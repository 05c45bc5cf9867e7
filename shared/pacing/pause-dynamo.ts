import { DeleteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { OneItem } from "../dynamo/one-item.ts";
import { pauseKey } from "./pause-key.ts";

/** Somebody has paused a lane by hand. A lane may have a pause and a block at once. */
export interface Pause {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The caller as the API's authorizer names it; absent if it names none. */
  readonly by?: string;
}

export const pauseSchema = z.object({ since: z.number(), by: z.exactOptional(z.string()) });

/** A pause that cannot be read is one all the same, by nobody and since 1970, so that its alarm tells of it at once. */
const unreadable: Pause = { since: 0 };

export function toPause(item: unknown): Pause | undefined {
  return item === undefined ? undefined : (pauseSchema.safeParse(item).data ?? unreadable);
}

export class PauseStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #item: OneItem;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#item = new OneItem(dynamo, table, pauseKey(lane));
  }

  async read(): Promise<Pause | undefined> {
    return toPause(await this.#item.read());
  }

  async write(pause: Pause): Promise<void> {
    await this.#item.put(pause);
  }

  async clear(): Promise<void> {
    await this.#dynamo.send(new DeleteCommand(this.#item.at));
  }
}
