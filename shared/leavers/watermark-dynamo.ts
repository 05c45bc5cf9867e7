import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { conditionHeld } from "../dynamo/condition-held.ts";
import { OneItem } from "../dynamo/one-item.ts";
import { type Place, placeSchema } from "../operation/place.ts";
import { watermarkKey } from "./watermark-key.ts";

export const watermarkSchema = z.object({ place: placeSchema });

/** Sorts after every place. */
const beyondAll = "~" as Place;

/**
 * The latest place of a leaver that has ever gone ahead in the lane; undefined if none has. Only work before it need look
 * for leavers. A watermark that cannot be read is behind all work.
 */
export function toWatermark(item: unknown): Place | undefined {
  return item === undefined ? undefined : (watermarkSchema.safeParse(item).data?.place ?? beyondAll);
}

export class Watermark {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #item: OneItem;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#item = new OneItem(dynamo, table, watermarkKey(lane));
  }

  /** Raises it to the place, unless it is there already. */
  async raise(place: Place): Promise<void> {
    const update = new UpdateCommand({
      ...this.#item.at,
      UpdateExpression: "SET place = :place",
      ConditionExpression: "attribute_not_exists(place) OR place < :place",
      ExpressionAttributeValues: { ":place": place },
    });
    await conditionHeld(this.#dynamo.send(update));
  }
}
