import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { operationIdSchema } from "../operation-schema.ts";
import { putAtRevision } from "../put-at-revision.ts";
import { idleLane, type Lane } from "./lane.ts";

/** A lane as it was read, with what a conditional write needs. */
export interface StoredLane {
  readonly lane: Lane;
  /** 0 for a lane that was never written. */
  readonly revision: number;
}

const laneSchema = z.object({
  slots: z.array(z.object({ request: z.string(), countsFrom: z.number() })),
  inFlight: z.array(z.object({ request: z.string(), operations: z.array(operationIdSchema), until: z.number() })),
  block: z.exactOptional(
    z.object({ until: z.number(), reason: z.enum(["throttled", "adobe-unavailable", "credentials-refused"]) }),
  ),
  throttles: z.number(),
  faults: z.number(),
  refusals: z.number(),
  lastSuccessAt: z.number(),
});

const itemSchema = z.object({ lane: z.string(), revision: z.number() });

/** One item of the table: a lane's budget, block and memory of one of Adobe's APIs. */
export class LaneStore {
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
    return { lane: laneSchema.parse(JSON.parse(item.lane)), revision: item.revision };
  }

  /** Writes `lane` over what was read as `stored`. Undefined if another write came between. */
  async write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined> {
    const item = { pk: this.#key, lane: JSON.stringify(lane) };
    const written = await putAtRevision(this.#dynamo, this.#table, item, stored.revision);
    return written ? { lane, revision: stored.revision + 1 } : undefined;
  }
}
