import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { conditionHeld } from "../dynamo/condition-held.ts";
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
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #item: OneItem;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#item = new OneItem(dynamo, table, `hidden#${lane}`);
  }

  /** An item that cannot be read counts as none: the messages come back when their time is over. */
  async read(): Promise<Hidden | undefined> {
    return hiddenSchema.safeParse(await this.#item.read()).data;
  }

  /**
   * Remembers the messages, unless others are remembered that are hidden for longer: a batch that Lambda hands over once
   * more must not make them forgotten.
   */
  async write(hidden: Hidden, now: number): Promise<void> {
    const { TableName, Key } = this.#item.at;
    const put = new PutCommand({
      TableName,
      Item: { ...Key, ...hidden },
      ConditionExpression: "NOT #until > :until OR #until < :now",
      ExpressionAttributeNames: { "#until": "until" },
      ExpressionAttributeValues: { ":until": hidden.until, ":now": now },
    });
    await conditionHeld(this.#dynamo.send(put));
  }

  /** Forgets messages that have been shown, unless others are remembered since. */
  async forget({ until }: Hidden): Promise<void> {
    const deletion = new DeleteCommand({
      ...this.#item.at,
      ConditionExpression: "#until = :until",
      ExpressionAttributeNames: { "#until": "until" },
      ExpressionAttributeValues: { ":until": until },
    });
    await conditionHeld(this.#dynamo.send(deletion));
  }
}
