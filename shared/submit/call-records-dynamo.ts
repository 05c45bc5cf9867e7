import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { callIdFor } from "../operation/ids.ts";
import type { Read } from "../schema/read.ts";
import { unversioned, versioned } from "../schema/version.ts";

/** The newest version of a record's form that this code can read, and the one that it writes. */
const recordVersion = 1;

export const recordSchema = z.looseObject({
  /** Recognises another payload under the same key. */
  payloadHash: z.string(),
  acceptedAt: z.number(),
  /** Who made it; absent where the API names no caller, and in records that an earlier version has written. */
  submittedBy: z.exactOptional(z.string()),
  /** Messages of the call that SQS has accepted, by index. */
  sent: z.array(z.number()),
  isComplete: z.boolean(),
  /** When the last of its scheduled operations is due. */
  lastDueAt: z.exactOptional(z.number()),
  /** How many of its removals go, in their order, and the set that holds the others. Absent until they are counted. */
  removals: z.exactOptional(z.object({ passed: z.number(), set: z.exactOptional(z.number()) })),
  /** Until this time an invocation may be at work on the call. */
  leaseUntil: z.number(),
  /** The invocation that works on it: a key of its own. Absent in records that an earlier version has written. */
  owner: z.exactOptional(z.string()),
  /** One more for each write; 0 for a record that has not been written. */
  revision: z.number(),
});

/** The record of one call that submits operations. All times are milliseconds since the epoch. */
export type CallRecord = Read<typeof recordSchema>;

/** How long a key is remembered after its call was accepted, and after the last of its operations is due. */
const keptMs = 14 * 24 * 60 * 60 * 1000;

export class CallRecords {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /**
   * What is remembered of the call under this key of the caller, or a fresh record for this payload.
   *
   * Earlier versions kept the keys of all callers together. What they have kept is still whoever's that asks for it: a
   * repeat of a call from before an upgrade is a repeat after it.
   */
  async find(
    key: string,
    caller: string | undefined,
    payloadHash: string,
    now: number,
  ): Promise<{ readonly callId: string; readonly record: CallRecord }> {
    const callId = callIdFor(key, caller);
    const sharedId = callIdFor(key, undefined);
    const [own, shared] = await Promise.all(
      [callId, ...(caller === undefined ? [] : [sharedId])].map((id) => this.#read(id)),
    );
    if (own !== undefined && isKept(own, now)) return { callId, record: own };
    if (shared !== undefined && isKept(shared, now)) return { callId: sharedId, record: shared };
    const fresh = {
      payloadHash,
      acceptedAt: now,
      ...(caller === undefined ? {} : { submittedBy: caller }),
      sent: [],
      isComplete: false,
      leaseUntil: 0,
      revision: own?.revision ?? 0,
    };
    return { callId, record: fresh };
  }

  async #read(callId: string): Promise<CallRecord | undefined> {
    const { Item } = await this.#dynamo.send(
      new GetCommand({ TableName: this.#table, Key: { pk: partitionKey(callId) }, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : recordSchema.parse(unversioned(Item, recordVersion));
  }

  /**
   * Writes the record if its stored revision is the one that was read; at revision 0, if there is none yet. @returns
   * undefined if another write came in between
   */
  async write(callId: string, record: CallRecord): Promise<CallRecord | undefined> {
    const expiresAt = Math.floor(keptUntil(record) / 1000);
    const item = versioned(recordVersion, { ...record, pk: partitionKey(callId), expiresAt });
    const after = { ...record, revision: record.revision + 1 };
    if (await putAtRevision(this.#dynamo, this.#table, item, record.revision)) return after;
    // If the answer to the write is lost, the SDK repeats the write, which fails on its own first try.
    const found = await this.#read(callId);
    return found?.owner === record.owner && found?.revision === after.revision ? after : undefined;
  }
}

/** DynamoDB may take days to delete an expired item. */
function isKept(record: CallRecord, now: number): boolean {
  return keptUntil(record) > now;
}

function keptUntil({ acceptedAt, lastDueAt = acceptedAt }: CallRecord): number {
  return Math.max(acceptedAt, lastDueAt) + keptMs;
}

function partitionKey(callId: string): string {
  return `call#${callId}`;
}
