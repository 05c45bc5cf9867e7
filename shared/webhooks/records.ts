import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { headerOf, type Posted } from "./posted.ts";
import type { Source } from "./source.ts";

/** One record that a delivery names. */
export interface NamedRecord {
  /** The HR system's own id of it, 1 to 256 characters. */
  readonly id: string;
  /** What the delivery says of it: the payload, or the part that is about this record. */
  readonly payload: unknown;
}

export type RecordsOf =
  /** None where the event is about something else. Each id once; of several parts about one record the last. */
  | { readonly ok: true; readonly records: readonly NamedRecord[] }
  /** A sentence without anything of the payload. */
  | { readonly ok: false; readonly reason: string };

/** A delivery may name this many records. */
const maxRecords = 500;

const id = z.pipe(
  z.union([z.string(), z.number()]),
  z.pipe(z.transform(String), z.string().check(z.minLength(1), z.maxLength(256))),
);
const named = z.union([id, z.strictObject({ id, payload: z.unknown() })]);
const list = z.pipe(
  z.union([z.array(named), named]),
  z.transform((value) => [value].flat()),
);

/**
 * The records that a payload names.
 *
 * @param now milliseconds since the epoch
 */
export async function recordsOf({ records }: Source, payload: unknown, now: number): Promise<RecordsOf> {
  const evaluated = await records.evaluate(payload, now);
  if (!evaluated.ok) return { ok: false, reason: `The records cannot be found in the payload. ${evaluated.reason}` };
  if (evaluated.value === undefined || evaluated.value === null) return { ok: true, records: [] };
  const parsed = list.safeParse(evaluated.value);
  if (!parsed.success)
    return { ok: false, reason: "The payload names records by something else than ids of 1 to 256 characters." };
  if (parsed.data.length > maxRecords)
    return { ok: false, reason: `The payload names more than ${maxRecords} records.` };
  const all = parsed.data.map((each) => (typeof each === "string" ? { id: each, payload } : each));
  return { ok: true, records: [...new Map(all.map((each) => [each.id, each])).values()] };
}

/** What tells a delivery from others. */
export interface DeliveryId {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /**
   * Whether the sender gave it, so that an equal one is the same delivery. Otherwise it is a hash of the body, and an
   * equal one may be about a second change.
   */
  readonly given: boolean;
}

/** @param now milliseconds since the epoch */
export async function deliveryIdOf(source: Source, posted: Posted, payload: unknown, now: number): Promise<DeliveryId> {
  const { proof, deliveryId } = source;
  const inHeader = headerOf(posted, proof.kind === "signature" ? proof.rules.idHeader : undefined);
  if (inHeader !== undefined) return { id: hashed(source.name, "id", inHeader), given: true };
  const evaluated = await deliveryId?.evaluate(payload, now);
  const inPayload = id.safeParse(evaluated?.ok ? evaluated.value : undefined);
  if (inPayload.success) return { id: hashed(source.name, "id", inPayload.data), given: true };
  return { id: hashed(source.name, "body", posted.body), given: false };
}

function hashed(source: string, kind: "id" | "body", value: string | Uint8Array): string {
  return createHash("sha256").update(`${source} ${kind} `).update(value).digest("hex");
}
