/** What the API tells of deliveries: what webhooks of HR systems say of one record each. */
import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { time } from "./operation.ts";

const optional = z.exactOptional;

/**
 * `queued`: its record is not mapped yet. `submitted`: it has become operations. `nothing`: nothing was to be done.
 * `incomplete`: the record lacks something, and its next event is waited for. `failed`: somebody has to look at it.
 * `set-up`: a sender offers the key with which it will sign.
 */
export const deliveryStatuses = ["queued", "submitted", "nothing", "incomplete", "failed", "set-up"] as const;
export const deliveryStatusSchema = z.enum(deliveryStatuses);
export type DeliveryStatus = z.output<typeof deliveryStatusSchema>;

/** The name of a source, which is part of its URL. */
export const sourceNamePattern = /^[a-z0-9][a-z0-9-]{0,31}$/;
export const sourceNameSchema = z.string().check(z.regex(sourceNamePattern));

export const deliveryErrorSchema = z.object({
  code: z.string(),
  /** A sentence without personal data. */
  message: z.string(),
});

export const deliveryViewSchema = z.object({
  id: z.string(),
  source: z.string(),
  /** The HR system's own id of the record; absent if the webhook does not tell it. */
  record: optional(z.string()),
  status: deliveryStatusSchema,
  /** When it came last. */
  receivedAt: time,
  updatedAt: time,
  /** Why nothing was to be done, why it waits for the next event, or why it has failed. */
  reason: optional(deliveryErrorSchema),
  /** The ids of the operations that it has become. */
  operations: optional(z.array(z.string())),
  /** For `set-up`: the key that the sender offers. */
  token: optional(z.string()),
});

export type DeliveryView = Read<typeof deliveryViewSchema>;

export const deliveriesPageSchema = z.object({
  deliveries: z.array(deliveryViewSchema),
  cursor: optional(z.string()),
});

export const deliveryQueuedSchema = z.object({ id: z.string(), status: z.enum(["queued"]) });

export const seededSchema = z.object({
  /** How many records are known now that were not before. */
  seeded: z.int(),
  /** How many were known already, and stay as they are. */
  known: z.int(),
});
