import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { parseJson } from "../http/parse-json.ts";
import { unversioned, versioned } from "../schema/version.ts";
import { idleLane, type Lane } from "./lane.ts";
import { laneSchema, laneVersion } from "./lane-schema.ts";
import type { LaneStore, StoredLane } from "./lane-store.ts";

const itemSchema = z.object({ lane: z.string(), revision: z.number() });

/** Keeps a lane as one item of the table, for all functions and readers that share the credential. */
export class DynamoLaneStore implements LaneStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #key: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string, api: "action" | "users" | "groups") {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#key = `lane#${lane}#${api}`;
  }

  async read(): Promise<StoredLane> {
    const { Item } = await this.#dynamo.send(
      new GetCommand({ TableName: this.#table, Key: { pk: this.#key }, ConsistentRead: true }),
    );
    if (Item === undefined) return { lane: idleLane, revision: 0 };
    const item = itemSchema.parse(Item);
    return { lane: laneSchema.parse(unversioned(parseJson(item.lane), laneVersion)), revision: item.revision };
  }

  async write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined> {
    const item = { pk: this.#key, lane: JSON.stringify(versioned(laneVersion, lane)) };
    const written = await putAtRevision(this.#dynamo, this.#table, item, stored.revision);
    return written ? { lane, revision: stored.revision + 1 } : undefined;
  }
}
