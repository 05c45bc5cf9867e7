import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { unversioned, versioned } from "../schema/version.ts";
import { putAtRevision } from "../table/put-at-revision.ts";

/** The newest version of a record's form that this code can read, and the one that it writes. */
const recordVersion = 1;

export const recordSchema = z.looseObject({
  /** Tells another payload under the same key. */
  payloadHash: z.string(),
  acceptedAt: z.number(),
  /** Messages of the call that SQS has accepted, by index. */
  sent: z.array(z.number()),
  isComplete: z.boolean(),
  /** When the last of its operations is due that wait for a time. */
  lastDueAt: z.exactOptional(z.number()),
  /** While this lies ahead, somebody is at work on the call. */
  leaseUntil: z.number(),
  /** Who that is: a key of one invocation's own. Absent in records that an earlier version has written. */
  owner: z.exactOptional(z.string()),
  /** One more for each write; 0 for a record that has not been written. */
  revision: z.number(),
});

/** What is remembered of one call that hands in operations. All times are milliseconds since the epoch. */
export type CallRecord = Read<typeof recordSchema>;

/** A key is remembered so long after its call was accepted, and after the last of its operations is due. */
const keptMs = 14 * 24 * 60 * 60 * 1000;

export class CallRecords {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /** What is remembered of the call, or a fresh record for this payload. */
  async read(callId: string, payloadHash: string, now: number): Promise<CallRecord> {
    const { Item } = await this.#dynamo.send(
      new GetCommand({ TableName: this.#table, Key: { pk: partitionKey(callId) }, ConsistentRead: true }),
    );
    const known = Item === undefined ? undefined : recordSchema.parse(unversioned(Item, recordVersion));
    // DynamoDB may take days to delete what has expired.
    if (known !== undefined && keptUntil(known) > now) return known;
    return { payloadHash, acceptedAt: now, sent: [], isComplete: false, leaseUntil: 0, revision: known?.revision ?? 0 };
  }

  /** Writes over the revision that was read, or anew at revision 0. @returns undefined if another write came between */
  async write(callId: string, record: CallRecord): Promise<CallRecord | undefined> {
    const expiresAt = Math.floor(keptUntil(record) / 1000);
    const item = versioned(recordVersion, { ...record, pk: partitionKey(callId), expiresAt });
    const after = { ...record, revision: record.revision + 1 };
    if (await putAtRevision(this.#dynamo, this.#table, item, record.revision)) return after;
    // If the answer to the write is lost, the SDK repeats the write, which fails on its own first try.
    const found = await this.read(callId, record.payloadHash, record.acceptedAt);
    return found.owner === record.owner && found.revision === after.revision ? after : undefined;
  }
}

function keptUntil({ acceptedAt, lastDueAt = acceptedAt }: CallRecord): number {
  return Math.max(acceptedAt, lastDueAt) + keptMs;
}

function partitionKey(callId: string): string {
  return `call#${callId}`;
}
