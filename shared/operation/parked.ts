import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import type { OperationId } from "./operation.ts";

/** Operations that wait for one thing: the end of an operation, or Adobe taking what draws a code. */
export type ListName = `behind#${OperationId}` | `code#${string}`;

const listSchema = z.pipe(
  z.string(),
  z.transform((list): ListName => list as ListName),
);

export const parkedSchema = z.union([
  /** Until then, in milliseconds since the epoch. */
  z.object({
    reason: z.enum(["held", "suspect", "unsettled", "scheduled", "ready"]),
    dueAt: z.number(),
    list: z.exactOptional(z.never()),
    since: z.exactOptional(z.never()),
  }),
  /** Until the list that it stands in is due, in which it has stood since then. */
  z.object({
    reason: z.enum(["behind", "held"]),
    list: listSchema,
    since: z.number(),
    dueAt: z.exactOptional(z.never()),
  }),
]);

/** How an operation waits outside of the queue. */
export type Parked = Read<typeof parkedSchema>;

/**
 * Why an operation is parked. `held`: its own backoff. `suspect`: Adobe failed twice at requests with it, and nothing is
 * proven. `unsettled`: Adobe may still apply what it did not answer. `behind`: it conflicts with an earlier parked one.
 * `scheduled`: its caller's `notBefore`. `ready`: it waits for its turn alone.
 */
export type ParkReason = Parked["reason"];

/** Who must end before the members of the list may go; undefined for a list that waits for something else. */
export function leaderOf(list: ListName): OperationId | undefined {
  const [kind, id] = list.split("#", 2);
  return kind === "behind" ? (id as OperationId) : undefined;
}
