import * as z from "zod/mini";
import type { DeliveryStatus } from "../api/delivery.ts";
import { parseJson } from "../http/parse-json.ts";
import { unversioned, versioned } from "../schema/version.ts";
import { type Delivery, deliverySchema, recordKeyOf } from "./delivery.ts";

/** The newest version of a delivery's form that this code can read, and the one that it writes. */
const deliveryVersion = 1;

const keyPrefix = "delivery#";
const day = 24 * 60 * 60;
const keptSeconds: Readonly<Record<DeliveryStatus, number>> = {
  // As long as senders may repeat a delivery, and as an idempotency key.
  submitted: 14 * day,
  nothing: 14 * day,
  // As long as an operation that has failed.
  queued: 90 * day,
  incomplete: 90 * day,
  failed: 90 * day,
  "set-up": day,
};

export const deliveryKey = (id: string) => keyPrefix + id;

/**
 * The keys of deliveries in the ledger's indexes, which are those of operations: no operation has such a status, root or
 * reason to wait.
 */
export const listed = {
  byStatus: (status: DeliveryStatus) => `${keyPrefix}${status}`,
  byRecord: (recordKey: string) => `${keyPrefix}${recordKey}`,
  bySourceAndStatus: (source: string, status: DeliveryStatus) => `${keyPrefix}${source}#${status}`,
};

/** The delivery as a DynamoDB item; `delivery` holds it whole, the rest is for keys and indexes. */
export function toDeliveryItem({ revision: _, ...delivery }: Delivery): Record<string, unknown> {
  const { id, source, record, status, receivedAt, updatedAt } = delivery;
  return {
    pk: deliveryKey(id),
    status: listed.byStatus(status),
    root: record === undefined ? undefined : listed.byRecord(recordKeyOf(source, record)),
    waiting: listed.bySourceAndStatus(source, status),
    order: `${new Date(receivedAt).toISOString()}#${id}`,
    delivery: JSON.stringify(versioned(deliveryVersion, delivery)),
    expiresAt: Math.floor(updatedAt / 1000) + keptSeconds[status],
  };
}

const itemSchema = z.object({ delivery: z.string(), revision: z.number() });

/** @returns undefined if it is of a form that this version cannot read */
export function toDelivery(item: unknown): Delivery | undefined {
  const { delivery, revision } = itemSchema.safeParse(item).data ?? {};
  if (delivery === undefined || revision === undefined) return undefined;
  const parsed = deliverySchema.safeParse(unversioned(parseJson(delivery), deliveryVersion));
  return parsed.success ? { ...parsed.data, revision } : undefined;
}

/** The id of the delivery that an item is, readable or not. */
export function idOfDeliveryItem(item: Readonly<Record<string, unknown>>): string {
  return String(item["pk"]).slice(keyPrefix.length);
}
