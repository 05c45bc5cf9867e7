import { DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { conditionHeld } from "../dynamo/condition-held.ts";
import { OneItem } from "../dynamo/one-item.ts";
import { markKey } from "./mark-key.ts";

/** Says that the room of a lane may hold operations. While there is no mark, the room is not read. */
export interface Mark {
  /** One more for each operation that was parked. Undefined if it cannot be read: then nobody clears the mark. */
  readonly revision: number | undefined;
  /** Whether operations may stand under buckets of names. */
  readonly areCrowdsIn: boolean;
}

export const markSchema = z.object({ revision: z.number(), areCrowdsIn: z._default(z.boolean(), false) });

/** A mark that cannot be read says that anything may be in the room. */
const unreadable: Mark = { revision: undefined, areCrowdsIn: true };

export function toMark(item: unknown): Mark | undefined {
  return item === undefined ? undefined : (markSchema.safeParse(item).data ?? unreadable);
}

/** From here a mark counts on whose revision is not a number. No mark was so high before. */
const mendedRevision = 1e12;

export class MarkStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #item: OneItem;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#item = new OneItem(dynamo, table, markKey(lane));
  }

  /** Its partition key. */
  get key(): string {
    return this.#item.at.Key.pk;
  }

  async read(): Promise<Mark | undefined> {
    return toMark(await this.#item.read());
  }

  /**
   * Written even if it is there. The new revision keeps a dispatcher that found the room empty before from clearing the
   * mark. A mark that could not be read can be read again.
   */
  async raise(isCrowded: boolean): Promise<Mark> {
    try {
      return await this.#update(
        isCrowded ? "ADD revision :by SET areCrowdsIn = :true" : "ADD revision :by",
        1,
        isCrowded,
      );
    } catch (error) {
      // What is not a number cannot be added to.
      if (!(error instanceof DynamoDBServiceException && error.name === "ValidationException")) throw error;
      return await this.#update("SET revision = :by, areCrowdsIn = :true", mendedRevision, true);
    }
  }

  async #update(UpdateExpression: string, by: number, isCrowded: boolean): Promise<Mark> {
    const { Attributes } = await this.#dynamo.send(
      new UpdateCommand({
        ...this.#item.at,
        UpdateExpression,
        ExpressionAttributeValues: { ":by": by, ...(isCrowded ? { ":true": true } : {}) },
        ReturnValues: "ALL_NEW",
      }),
    );
    return toMark(Attributes) ?? unreadable;
  }

  /** @param mark the mark as it was before the room was found empty. @returns false if an operation was parked since */
  async clear({ revision }: Mark): Promise<boolean> {
    if (revision === undefined) return false;
    const deletion = new DeleteCommand({
      ...this.#item.at,
      ConditionExpression: "revision = :revision",
      ExpressionAttributeValues: { ":revision": revision },
    });
    return await conditionHeld(this.#dynamo.send(deletion));
  }
}
