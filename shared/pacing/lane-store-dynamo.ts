import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { OneItem } from "../dynamo/one-item.ts";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { parseJson } from "../http/parse-json.ts";
import { isNewer, unversioned, versioned } from "../schema/version.ts";
import type { Clock } from "../time/clock.ts";
import { longestBlockSeconds } from "./backoff.ts";
import { idleLane, type Lane } from "./lane.ts";
import { laneSchema, laneVersion } from "./lane-schema.ts";
import type { LaneStore, StoredLane } from "./lane-store.ts";
import type { UnreadableItem } from "./unreadable-item.ts";

export interface DynamoLaneServices {
  readonly dynamo: DynamoDBDocumentClient;
  readonly clock: Clock;
  readonly report: (event: UnreadableItem) => void;
}

const itemSchema = z.object({ lane: z.string() });
const revisionSchema = z.object({ revision: z.number() });

/** How long a lane of a newer version waits until it is looked at again. */
const lookAgainMs = 30 * 60_000;

/** Keeps a lane as one item of the table, for all functions and readers that share the credential. */
export class DynamoLaneStore implements LaneStore {
  readonly #services: DynamoLaneServices;
  readonly #table: string;
  readonly #key: string;
  readonly #item: OneItem;

  constructor(services: DynamoLaneServices, table: string, lane: string, api: "action" | "users" | "groups") {
    this.#services = services;
    this.#table = table;
    this.#key = `lane#${lane}#${api}`;
    this.#item = new OneItem(services.dynamo, table, this.#key);
  }

  async read(): Promise<StoredLane> {
    const item = await this.#item.read();
    if (item === undefined) return { lane: idleLane, revision: 0 };
    const revision = revisionSchema.safeParse(item).data?.revision;
    const text = itemSchema.safeParse(item).data?.lane ?? "";
    const json = parseJson(text);
    const lane = laneSchema.safeParse(unversioned(json, laneVersion)).data;
    if (lane !== undefined && revision !== undefined) return { lane, revision };
    this.#services.report({ kind: "unreadable item", item: this.#key });
    if (revision !== undefined && isNewer(json, laneVersion))
      return { lane: this.#blocked(lookAgainMs), revision, kept: text };
    return { lane: this.#blocked(longestBlockSeconds * 1000), revision, isDamaged: true };
  }

  /**
   * As if Adobe had throttled just now. So nothing is above the budget, no block is cut short, and the fate of whatever
   * was in flight is settled when the lane sends again.
   */
  #blocked(ms: number): Lane {
    return { ...idleLane, block: { reason: "throttled", until: this.#services.clock.now() + ms } };
  }

  async write({ revision, kept }: StoredLane, lane: Lane): Promise<StoredLane | undefined> {
    const fields = { lane: kept ?? JSON.stringify(versioned(laneVersion, lane)) };
    if (revision === undefined) return await this.#replace(lane, fields);
    const { dynamo } = this.#services;
    const isWritten = await putAtRevision(dynamo, this.#table, { pk: this.#key, ...fields }, revision);
    return isWritten ? { lane, revision: revision + 1, ...(kept === undefined ? {} : { kept }) } : undefined;
  }

  /** Writes a lane over one without a revision. No other lane has this revision, which is the time. */
  async #replace(lane: Lane, fields: { readonly lane: string }): Promise<StoredLane> {
    const revision = this.#services.clock.now();
    await this.#item.put({ ...fields, revision });
    return { lane, revision };
  }
}
