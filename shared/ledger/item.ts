import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import type { OperationId } from "../operation/operation.ts";
import type { Parked } from "../operation/parked.ts";
import { operationIdSchema } from "../operation/schema.ts";
import { isFinal, statusSchema } from "../operation/status.ts";
import type { Read } from "../schema/read.ts";
import { unversioned, versioned } from "../schema/version.ts";
import type { Command } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";
import type { LedgerRow } from "./row.ts";
import { errorSchema, rowSchema, rowVersion } from "./row-schema.ts";

/** The attributes of an operation that a listing shows; the table's indexes project them. */
export const summarySchema = z.object({
  id: operationIdSchema,
  status: statusSchema,
  user: z.exactOptional(z.string()),
  usergroup: z.exactOptional(z.string()),
  requestID: z.exactOptional(z.string()),
  testOnly: z.boolean(),
  charges: z.number(),
  acceptedAt: z.number(),
  updatedAt: z.number(),
  notBefore: z.exactOptional(z.number()),
  error: z.exactOptional(errorSchema),
});

/** A summary, with fields that are not in the indexes and are known only if the row itself was read. */
export type OperationSummary = Read<typeof summarySchema> & {
  readonly parked?: Parked;
  readonly canceled?: Cancellation;
  readonly supersededBy?: OperationId;
  readonly submittedBy?: string;
};

export interface Cancellation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by?: string;
  /** False if a part of it was sent before, or may have been applied. */
  readonly certain: boolean;
}

const itemSchema = z.object({ row: z.string(), revision: z.number() });

/** DynamoDB deletes a finished operation's row this long after it finished. */
const keptAfterFinishSeconds = 90 * 24 * 60 * 60;

/** An erased row is kept a day longer than SQS keeps a message. */
const erasedKeptSeconds = 15 * 24 * 60 * 60;

const keyPrefix = "operation#";

export function partitionKey(id: OperationId): string {
  return keyPrefix + id;
}

/** The id of the operation whose row the item is, readable or not. */
export function idOfItem(item: Record<string, unknown>): OperationId {
  return String(item["pk"]).slice(keyPrefix.length) as OperationId;
}

/** The key of an operation in the index by root. */
export function rootKey(kind: "user" | "usergroup", name: string): string {
  return `${kind}#${foldedName(name)}`;
}

/**
 * The keys that a user in a query may have in the index by root. In a query a plus sign means a space unless it is sent
 * as `%2B`, which few people know. Emails have no spaces; usernames with a space were accepted by older versions.
 */
export function userKeys(asked: string): string[] {
  const withPlus = rootKey("user", asked.replaceAll(" ", "+"));
  return asked.includes(" ") && !asked.includes("@") ? [rootKey("user", asked), withPlus] : [withPlus];
}

export function rootOf(command: Command): string {
  return "user" in command ? rootKey("user", command.user) : rootKey("usergroup", command.usergroup);
}

/** One entry that a listing finds. */
export interface Listed {
  readonly id: OperationId;
  readonly order: string;
  /** Absent if this version cannot read it. */
  readonly summary?: OperationSummary;
}

/** The row as a DynamoDB item; `row` holds it whole, the rest is for keys, indexes and listings. */
export function toItem(row: LedgerRow): Record<string, unknown> {
  const { id, command, acceptedAt } = row.operation;
  const text = JSON.stringify(versioned(rowVersion, row));
  // Without their keys it is in no index, and so in no listing.
  if (row.erasedAt !== undefined)
    return { pk: partitionKey(id), row: text, expiresAt: Math.floor(row.erasedAt / 1000) + erasedKeptSeconds };
  const { parked: _, canceled: __, supersededBy: ___, submittedBy: ____, ...listed } = toSummaryOfRow(row);
  return {
    ...listed,
    pk: partitionKey(id),
    root: rootOf(command),
    order: orderOf(acceptedAt, id),
    waiting: isFinal(row.status) ? undefined : row.parked?.reason,
    row: text,
    expiresAt: isFinal(row.status) ? Math.floor(row.updatedAt / 1000) + keptAfterFinishSeconds : undefined,
  };
}

export function toSummaryOfRow({ operation, ...row }: LedgerRow): OperationSummary {
  const { id, command, testOnly, submittedBy, acceptedAt, notBefore } = operation;
  const parked = row.parked ?? heldBefore(row);
  const canceled = cancellationOf(row);
  return {
    id,
    status: row.status,
    ...("user" in command ? { user: command.user } : { usergroup: command.usergroup }),
    ...(command.requestID === undefined ? {} : { requestID: command.requestID }),
    testOnly,
    charges: row.charges,
    acceptedAt,
    updatedAt: row.updatedAt,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(parked === undefined ? {} : { parked }),
    ...(canceled === undefined ? {} : { canceled }),
    ...(row.supersededBy === undefined ? {} : { supersededBy: row.supersededBy }),
    ...(submittedBy === undefined ? {} : { submittedBy }),
    ...(row.error === undefined ? {} : { error: row.error }),
  };
}

/** The wait of an operation that was held before there was a waiting room. */
function heldBefore({ notBefore }: Pick<LedgerRow, "notBefore">): Parked | undefined {
  return notBefore === undefined ? undefined : { reason: "held", dueAt: notBefore };
}

function cancellationOf({
  status,
  progress,
  canceledAt: at,
  canceledBy: by,
}: Omit<LedgerRow, "operation">): Cancellation | undefined {
  if (status !== "canceled" || at === undefined) return undefined;
  const certain = !progress.uncertain && progress.stepsDone === 0;
  return { at, ...(by === undefined ? {} : { by }), certain };
}

/** The sort key of listings: when the call was accepted, then the index in the call. */
export function orderOf(acceptedAt: number, id: string): string {
  return `${new Date(acceptedAt).toISOString()}#${id}`;
}

/** @param item an item of an index */
export function toListed(item: Record<string, unknown>): Listed {
  const summary = summarySchema.safeParse(item).data;
  return { id: idOfItem(item), order: String(item["order"]), ...(summary === undefined ? {} : { summary }) };
}

/** @returns undefined if the row is of a form that this version cannot read */
export function toRow(item: Record<string, unknown>): LedgerRow | undefined {
  const { data } = itemSchema.safeParse(item);
  if (data === undefined) return undefined;
  const parsed = rowSchema.safeParse(unversioned(parseJson(data.row), rowVersion));
  return parsed.success ? { ...parsed.data, revision: data.revision } : undefined;
}
