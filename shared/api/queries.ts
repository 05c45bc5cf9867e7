/** The query parameters of the routes that have any. */
import * as z from "zod/mini";
import { statusSchema } from "../operation/status.ts";
import { cursorSchema } from "./cursor.ts";
import { deliveryStatusSchema, sourceNameSchema } from "./delivery.ts";
import { ownReasons } from "./wait-reasons.ts";

const optional = z.exactOptional;
const flag = z.optional(z.enum(["true", "false"]));

export const submitQuerySchema = z.strictObject({ testOnly: flag });
export const retryQuerySchema = z.strictObject({ confirm: flag });

/** Which page of a listing. */
const page = {
  /** How many are on it: 1 to 200. */
  limit: optional(z.string().check(z.regex(/^([1-9]\d?|1\d\d|200)$/))),
  /** That of the page before, unchanged. */
  cursor: optional(cursorSchema),
};

export const listQuerySchema = z.strictObject({
  status: optional(statusSchema),
  /** Email or username. */
  user: optional(z.string().check(z.minLength(1), z.maxLength(250))),
  /** What they wait for on their own account. */
  waiting: optional(z.enum(ownReasons)),
  /** What the ids of a call's operations have before the hyphen. */
  call: optional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  ...page,
});

export const deliveriesQuerySchema = z.strictObject({
  source: optional(sourceNameSchema),
  status: optional(deliveryStatusSchema),
  ...page,
});
