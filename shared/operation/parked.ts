import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import type { OperationId } from "./operation.ts";

/**
 * The name of a list of operations that wait for the same thing: the end of an operation, that Adobe takes operations
 * with a code again, or that somebody decides about a set of removals.
 */
export type ListName = `behind#${OperationId}` | `code#${string}` | `removals#${number}`;

const listSchema = z.pipe(
  z.string(),
  z.transform((list): ListName => list as ListName),
);

export const parkedSchema = z.union([
  /** When the operation is due, in milliseconds since the epoch. */
  z.object({
    reason: z.enum(["held", "suspect", "unsettled", "scheduled", "ready", "leaver"]),
    dueAt: z.number(),
    list: z.exactOptional(z.never()),
    since: z.exactOptional(z.never()),
  }),
  /** The list in which the operation stands, and since when. */
  z.object({
    reason: z.enum(["behind", "held", "removal-limit"]),
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
 * one. `removal-limit`: it removes people, and is one above the limit. `scheduled`: its caller's `notBefore`. `ready`:
 * it waits only for its turn. `leaver`: as that, ahead of all others.
 */
export type ParkReason = Parked["reason"];

/** Parked behind another operation, in the order of places. */
export function behind(id: OperationId): Parked {
  return { reason: "behind", list: `behind#${id}`, since: 0 };
}

/** The operation that must end before the members of the list may go; undefined for another kind of list. */
export function leaderOf(list: ListName): OperationId | undefined {
  const [kind, id] = list.split("#", 2);
  return kind === "behind" ? (id as OperationId) : undefined;
}

/** The set that somebody must decide about before the members of the list may go; undefined for another kind of list. */
export function setOf(list: ListName): number | undefined {
  const [kind, set] = list.split("#", 2);
  return kind === "removals" ? Number(set) : undefined;
}
