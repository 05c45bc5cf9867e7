import type { OperationId } from "./operation.ts";

/**
 * Why an operation is parked. `held`: its own backoff. `suspect`: Adobe failed twice at requests with it, and nothing is
 * proven. `unsettled`: Adobe may still apply what it did not answer. `behind`: it conflicts with an earlier parked one.
 * `scheduled`: its caller's `notBefore`. `ready`: it waits for its turn alone.
 */
export type ParkReason = "held" | "suspect" | "unsettled" | "behind" | "scheduled" | "ready";

/** Operations that wait for one thing: the end of an operation, or Adobe taking what draws a code. */
export type ListName = `behind#${OperationId}` | `code#${string}`;

/** Who must end before the members of the list may go; undefined for a list that waits for something else. */
export function leaderOf(list: ListName): OperationId | undefined {
  const [kind, id] = list.split("#", 2);
  return kind === "behind" ? (id as OperationId) : undefined;
}

/** How an operation waits outside of the queue. */
export type Parked =
  /** Until then, in milliseconds since the epoch. */
  | {
      readonly reason: Exclude<ParkReason, "behind">;
      readonly dueAt: number;
      readonly list?: never;
      readonly since?: never;
    }
  /** Until the list that it stands in is due, in which it has stood since then (milliseconds since the epoch). */
  | { readonly reason: "behind" | "held"; readonly list: ListName; readonly since: number; readonly dueAt?: never };
