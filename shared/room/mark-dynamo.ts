import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { markKey } from "./mark-key.ts";

/** Says that the room of a lane may hold operations. While there is no mark, the room is not read. */
export interface Mark {
  /** One more for each operation that was parked. */
  readonly revision: number;
  /** Whether operations may stand under buckets of names. */
  readonly areCrowdsIn: boolean;
}

export const markSchema = z.object({ revision: z.number(), areCrowdsIn: z._default(z.boolean(), false) });

export function toMark(item: unknown): Mark | undefined {
  return item === undefined ? undefined : markSchema.parse(item);
}

export class MarkStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #key: { readonly pk: string };

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#key = { pk: markKey(lane) };
  }

  async read(): Promise<Mark | undefined> {
    const get = new GetCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true });
    return toMark((await this.#dynamo.send(get)).Item);
  }

  /**
   * Written even if it is there. The new revision keeps a dispatcher that found the room empty before from clearing the
   * mark.
   */
  async raise(isCrowded: boolean): Promise<Mark> {
    const { Attributes } = await this.#dynamo.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: this.#key,
        UpdateExpression: isCrowded ? "ADD revision :one SET areCrowdsIn = :true" : "ADD revision :one",
        ExpressionAttributeValues: { ":one": 1, ...(isCrowded ? { ":true": true } : {}) },
        ReturnValues: "ALL_NEW",
      }),
    );
    return markSchema.parse(Attributes);
  }

  /** @param mark the mark as it was before the room was found empty. @returns false if an operation was parked since */
  async clear({ revision }: Mark): Promise<boolean> {
    try {
      await this.#dynamo.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: this.#key,
          ConditionExpression: "revision = :revision",
          ExpressionAttributeValues: { ":revision": revision },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
