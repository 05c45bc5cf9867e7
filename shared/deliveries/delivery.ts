import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { type DeliveryStatus, deliveryErrorSchema, deliveryStatusSchema } from "../api/delivery.ts";
import type { Read } from "../schema/read.ts";

export type DeliveryError = Read<typeof deliveryErrorSchema>;

/** What one webhook says of one record. All times are milliseconds since the epoch. */
export const deliverySchema = z.looseObject({
  id: z.string(),
  source: z.string(),
  /** The HR system's own id of the record; absent if the payload does not tell it. */
  record: z.exactOptional(z.string()),
  /** What the webhook says of it, as JSON; absent once it is of no more use. */
  payload: z.exactOptional(z.string()),
  /** When it came last. */
  receivedAt: z.number(),
  /** How often it came, or was retried, so that it was queued again. */
  arrivals: z.number(),
  status: deliveryStatusSchema,
  /** Why it waits for the next event, or has failed, or why nothing was to be done. */
  error: z.exactOptional(deliveryErrorSchema),
  /** The ids of the operations that it has become. */
  operations: z.exactOptional(z.array(z.string())),
  updatedAt: z.number(),
});

/** A delivery as it is stored. */
export type Delivery = Read<typeof deliverySchema> & {
  /** One more for each write; 0 if it has not been written. */
  readonly revision: number;
};

/** What has become of a delivery. */
export interface Outcome {
  readonly status: Exclude<DeliveryStatus, "queued" | "set-up">;
  readonly error?: DeliveryError;
  readonly operations?: readonly string[];
}

/** Names a record. Shows neither the source nor the HR system's id. */
export function recordKeyOf(source: string, record: string): string {
  return hash(`${source} ${record}`);
}

/** A delivery that has just come. @param deliveryId names the webhook */
export function newDelivery(source: string, deliveryId: string, now: number, record?: string): Delivery {
  return {
    id: hash(record === undefined ? deliveryId : `${deliveryId} ${record}`),
    source,
    ...(record !== undefined && { record }),
    receivedAt: now,
    arrivals: 1,
    status: "queued",
    updatedAt: now,
    revision: 0,
  };
}

export const deliveryIdPattern = /^[0-9a-f]{32}$/;

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Statuses in which what the webhook says is kept, because it may be mapped again. */
export const statusesWithPayload: readonly DeliveryStatus[] = ["queued", "incomplete", "failed"];

/** The delivery after its record was mapped. */
export function settled(delivery: Delivery, { status, error, operations }: Outcome, now: number): Delivery {
  const { error: _, operations: __, payload, ...rest } = delivery;
  return {
    ...rest,
    ...(payload !== undefined && statusesWithPayload.includes(status) && { payload }),
    status,
    ...(error && { error }),
    ...(operations && { operations: [...operations] }),
    updatedAt: now,
  };
}

/** The delivery as it is queued once more. */
export function queuedAgain(delivery: Delivery, now: number): Delivery {
  const { error: _, operations: __, ...rest } = delivery;
  return { ...rest, status: "queued", arrivals: delivery.arrivals + 1, receivedAt: now, updatedAt: now };
}
