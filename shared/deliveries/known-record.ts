import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { identitySchema } from "../webhooks/identity.ts";

/** A call that may have scheduled operations. */
const schedulingSchema = z.object({
  /** Its idempotency key. */
  key: z.string(),
  /** How many commands it has. */
  commands: z.number(),
});

/** What is about to be submitted. It is there only while a run is at it, or after one has died. */
const pendingSchema = z.object({
  /** The delivery that was mapped, and how often it had come by then. */
  delivery: z.string(),
  arrivals: z.number(),
  /** The idempotency key. */
  key: z.string(),
  /** Unchecked, as JSON. */
  commands: z.string(),
  testOnly: z.boolean(),
  /** Who the record is once they are submitted. */
  identity: z.exactOptional(identitySchema),
});

/** What is known of one record of an HR system between its deliveries. */
export const knownRecordSchema = z.looseObject({
  source: z.string(),
  record: z.string(),
  /** Who the record was when it was last mapped; absent if it never was. */
  identity: z.exactOptional(identitySchema),
  /** One more each time the record is mapped to other commands than before. */
  change: z.number(),
  /** A hash of the commands that it was last mapped to; absent if they do not count any more. */
  commandsHash: z.exactOptional(z.string()),
  scheduling: z.array(schedulingSchema),
  pending: z.exactOptional(pendingSchema),
  updatedAt: z.number(),
});

export type Pending = Read<typeof pendingSchema>;
export type Scheduling = Read<typeof schedulingSchema>;

export type KnownRecord = Read<typeof knownRecordSchema> & {
  /** One more for each write; 0 if it has not been written. */
  readonly revision: number;
};

export function newKnownRecord(source: string, record: string): KnownRecord {
  return { source, record, change: 0, scheduling: [], updatedAt: 0, revision: 0 };
}

/**
 * The record as it is about to be mapped to these commands. Commands that differ are a change of their own, so that a
 * record that goes from one state to another and back is three changes, and a repeat is none. On trial nothing happens, so
 * that the same commands are others once the source is no longer on trial.
 */
export function changing(
  known: KnownRecord,
  commands: readonly unknown[],
  testOnly: boolean,
  now: number,
): KnownRecord {
  const hash = createHash("sha256").update(JSON.stringify(commands));
  const commandsHash = (testOnly ? hash.update("test only") : hash).digest("hex").slice(0, 32);
  const isSame = known.commandsHash === commandsHash;
  return { ...known, commandsHash, change: known.change + (isSame ? 0 : 1), updatedAt: now };
}

/** The idempotency key of what a delivery makes of a record. @param known from `changing` */
export function keyOf(deliveryId: string, { change, commandsHash }: KnownRecord): string {
  return `${deliveryId}.${change}.${commandsHash}`;
}
