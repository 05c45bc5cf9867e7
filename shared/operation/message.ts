import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import { unversioned, versioned } from "../schema/version.ts";
import type { Operation, OperationId } from "./operation.ts";
import { operationIdSchema, operationSchema } from "./schema.ts";

/** The body of one SQS message: the operations of one root that travel together, in order. */
export type MessageBody = readonly [Operation, ...Operation[]];

/** The newest version of a message's form that this code reads. */
const messageVersion = 2;
/** A version that does not know removals above the limit would send them, so that it must not read their messages. */
const versionOf = (operations: MessageBody) => (operations.some(({ removalSet }) => removalSet !== undefined) ? 2 : 1);

const namesSchema = z.object({ writes: z.array(z.string()), reads: z.array(z.string()) });

/**
 * The part that messages of every version have, so that an older version can keep a message without reading the rest.
 */
export const envelopeSchema = z.object({
  operations: z.array(z.unknown()),
  /** Hashes of the names that its operations write or read. The first messages of version 1 have none. */
  names: z.exactOptional(namesSchema),
});

const identitySchema = z.object({
  id: operationIdSchema,
  generation: z._default(z.int(), 0),
  release: z._default(z.int(), 0),
});

/** Hashes of names, as the waiting room stores them. */
export interface MessageNames {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

/** The identity of an operation whose other fields are not read. */
export interface OperationIdentity {
  readonly id: OperationId;
  readonly generation: number;
  readonly release: number;
}

/** An operation of a message, or its readable part. */
export type MessageEntry =
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "unreadable"; readonly json: unknown; readonly identity?: OperationIdentity };

export type MessageReading =
  /** A message with an entry for each operation; an entry may say that its operation is unreadable. */
  | { readonly kind: "message"; readonly entries: readonly MessageEntry[]; readonly names?: MessageNames }
  /** A message that a newer version of this service has written. */
  | { readonly kind: "newer"; readonly operations: readonly OperationIdentity[]; readonly names?: MessageNames }
  /** A message that is not of this service. */
  | { readonly kind: "foreign" };

export function formatMessage(operations: MessageBody, names?: MessageNames): string {
  return JSON.stringify(versioned(versionOf(operations), { ...(names === undefined ? {} : { names }), operations }));
}

/** A message with one operation that this version cannot read, as it was written. */
export function formatUnreadable(json: unknown): string {
  return JSON.stringify(versioned(1, { operations: [json] }));
}

/** Reads the body of a message as far as it can be read. */
export function readMessage(body: string): MessageReading {
  const json = parseJson(body);
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success || envelope.data.operations.length === 0) return { kind: "foreign" };
  const { operations, names } = envelope.data;
  const withNames = names === undefined ? {} : { names };
  if (unversioned(json, messageVersion) !== undefined)
    return { kind: "message", entries: operations.map(entryOf), ...withNames };
  const known = operations.flatMap((operation) => identitySchema.safeParse(operation).data ?? []);
  return known.length === 0 ? { kind: "foreign" } : { kind: "newer", operations: known, ...withNames };
}

/** @returns undefined if the text is not a message of this service, or not all of it can be read */
export function parseMessage(body: string): MessageBody | undefined {
  const reading = readMessage(body);
  if (reading.kind !== "message") return undefined;
  const read = reading.entries.flatMap((entry) => (entry.kind === "operation" ? [entry.operation] : []));
  const [head, ...rest] = read;
  return head === undefined || read.length < reading.entries.length ? undefined : [head, ...rest];
}

function entryOf(json: unknown): MessageEntry {
  const parsed = operationSchema.safeParse(json);
  if (parsed.success) return { kind: "operation", operation: parsed.data };
  const identity = identitySchema.safeParse(json);
  return { kind: "unreadable", json, ...(identity.success ? { identity: identity.data } : {}) };
}
