import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import type { OperationId } from "./operation.ts";

/**
 * The name of a list of operations that wait for the same thing: the end of an operation, or that Adobe takes
 * operations with a code again.
 */
export type ListName = `behind#${OperationId}` | `code#${string}`;

const listSchema = z.pipe(
  z.string(),
  z.transform((list): ListName => list as ListName),
);

export const parkedSchema = z.union([
  /** When the operation is due, in milliseconds since the epoch. */
  z.object({
    reason: z.enum(["held", "suspect", "unsettled", "scheduled", "ready"]),
    dueAt: z.number(),
    list: z.exactOptional(z.never()),
    since: z.exactOptional(z.never()),
  }),
  /** The list in which the operation stands, and since when. */
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
 * Why an operation is parked. `held`: its own backoff. `suspect`: Adobe failed twice at requests with it, and nothing
 * is proven. `unsettled`: Adobe may still apply what it did not answer. `behind`: it conflicts with an earlier parked
 * one. `scheduled`: its caller's `notBefore`. `ready`: it waits only for its turn.
 */
export type ParkReason = Parked["reason"];

/** The operation that must end before the members of the list may go; undefined for the list of a code. */
export function leaderOf(list: ListName): OperationId | undefined {
  const [kind, id] = list.split("#", 2);
  return kind === "behind" ? (id as OperationId) : undefined;
}
