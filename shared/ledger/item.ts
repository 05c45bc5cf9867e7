import * as z from "zod/mini";
import type { OperationId } from "../operation/operation.ts";
import type { ListName, Parked } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import { operationIdSchema, operationSchema } from "../operation/schema.ts";
import type { Command } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";
import type { LedgerRow } from "./row.ts";

const statusSchema = z.enum(["queued", "succeeded", "failed", "canceled"]);

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  step: z.exactOptional(z.number()),
  certain: z.boolean(),
});

/** What a listing shows of an operation: the attributes that the table's indexes project. */
const summarySchema = z.object({
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

/** What the indexes do not hold is known only where the row itself was read. */
export interface OperationSummary extends z.infer<typeof summarySchema> {
  readonly parked?: Parked;
  readonly canceled?: Cancellation;
}

export interface Cancellation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by?: string;
  /** False if a part of it was sent before, or may have been applied. */
  readonly certain: boolean;
}

const placeSchema = z.pipe(
  z.string(),
  z.transform((place): Place => place as Place),
);

const listSchema = z.pipe(
  z.string(),
  z.transform((list): ListName => list as ListName),
);

const parkedSchema: z.ZodMiniType<Parked> = z.union([
  z.object({ reason: z.enum(["held", "suspect", "unsettled", "scheduled", "ready"]), dueAt: z.number() }),
  z.object({ reason: z.enum(["behind", "held"]), list: listSchema, since: z.number() }),
]);

const rowSchema = z.object({
  operation: operationSchema,
  status: statusSchema,
  progress: z.object({
    stepsDone: z.number(),
    uncertain: z.boolean(),
    unjoined: z.boolean(),
    most: z.exactOptional(z.number()),
    oneStep: z.boolean(),
    faults: z.number(),
    lastFaultAt: z.exactOptional(z.number()),
  }),
  charges: z.number(),
  holds: z.number(),
  place: z.exactOptional(placeSchema),
  parked: z.exactOptional(parkedSchema),
  rootCreated: z.exactOptional(z.boolean()),
  notBefore: z.exactOptional(z.number()),
  cancel: z.exactOptional(z.object({ owner: z.string(), at: z.number() })),
  canceledAt: z.exactOptional(z.number()),
  canceledBy: z.exactOptional(z.string()),
  error: z.exactOptional(errorSchema),
  updatedAt: z.number(),
});

const itemSchema = z.object({ row: z.string(), revision: z.number() });

/** DynamoDB deletes a finished operation's row this long after it finished. */
const keptAfterFinishSeconds = 90 * 24 * 60 * 60;

export function partitionKey(id: OperationId): string {
  return `operation#${id}`;
}

/** The name that the index by root finds an operation by. */
export function rootKey(kind: "user" | "usergroup", name: string): string {
  return `${kind}#${foldedName(name)}`;
}

export function rootOf(command: Command): string {
  return "user" in command ? rootKey("user", command.user) : rootKey("usergroup", command.usergroup);
}

/** The row as a DynamoDB item; `row` holds it whole, the rest is for keys, indexes and listings. */
export function toItem(row: LedgerRow): Record<string, unknown> {
  const { id, command, acceptedAt } = row.operation;
  const { parked: _, canceled: __, ...listed } = toSummaryOfRow(row);
  return {
    ...listed,
    pk: partitionKey(id),
    root: rootOf(command),
    order: orderOf(acceptedAt, id),
    waiting: row.status === "queued" ? row.parked?.reason : undefined,
    row: JSON.stringify(row),
    expiresAt: row.status === "queued" ? undefined : Math.floor(row.updatedAt / 1000) + keptAfterFinishSeconds,
  };
}

export function toSummaryOfRow({ operation, ...row }: LedgerRow): OperationSummary {
  const { id, command, testOnly, acceptedAt, notBefore } = operation;
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
    ...(row.error === undefined ? {} : { error: row.error }),
  };
}

/** How an operation waits that was held before there was a waiting room. */
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

/** Listings run from new to old by this: when the call was accepted, then the place in it. */
export function orderOf(acceptedAt: number, id: string): string {
  return `${new Date(acceptedAt).toISOString()}#${id}`;
}

export function toSummary(item: Record<string, unknown>): OperationSummary {
  return summarySchema.parse(item);
}

export function toRow(item: Record<string, unknown>): LedgerRow {
  const { row, revision } = itemSchema.parse(item);
  return { ...rowSchema.parse(JSON.parse(row)), revision };
}
