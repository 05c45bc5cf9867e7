import type { SeenOperation } from "../../client/seen-operation.ts";
import type { RemovalsView } from "../../shared/api/removals.ts";
import { rootOf } from "../operations/operation.ts";
import { type Detail, detailLines } from "./details.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Look } from "./look.ts";
import { acceptedText } from "./operation-table.ts";
import type { Column } from "./table.ts";
import { counted, grouped } from "./text.ts";

/** How removals stand: the limit, and what is held, by who asked for it. */
export function removalsText({ limit, counted: taken, held, bySubmitter }: RemovalsView, look: Look): string {
  const submitters = Object.entries(bySubmitter).toSorted(([, one], [, other]) => other - one);
  const details: Detail[] = [
    ["limit", limit === null ? "none" : `${counted(limit.operations, "removal")} in any ${grouped(limit.seconds)} s`],
    ...(limit === null ? [] : [["counted", `${grouped(taken)} in the last ${grouped(limit.seconds)} s`] as const]),
    ["held", held === 0 ? "none" : counted(held, "removal")],
    ...submitters.map(
      ([who, count], index): Detail => [
        index === 0 ? "asked by" : "",
        `${who === "" ? "somebody whom the API does not name" : who}: ${grouped(count)}`,
      ],
    ),
  ];
  return ["Removals of people", ...detailLines(details, look)].join("\n");
}

export const heldColumns: readonly Column[] = [{ heading: "ID" }, { heading: "ON" }, { heading: "ACCEPTED" }];

/** A row under `heldColumns`, with times relative to now. @param now milliseconds since the epoch */
export function heldRow(operation: SeenOperation, now: number): string[] {
  return [operation.id, rootOf(operation), acceptedText(operation, now)];
}

/** Says why another number of operations is listed than the set holds. @returns nothing if it is the same */
export function otherCountText(held: number, listed: number): string[] {
  const count = Math.abs(held - listed);
  const are = `${grouped(count)} ${count === 1 ? "is" : "are"}`;
  if (listed > held) return [`Of these, ${are} of another set, which a decision about this one leaves as it is.`];
  if (listed < held) return [`Of the set, ${are} not listed: not in the waiting room yet, or canceled before.`];
  return [];
}

/** In one line however long it is, so that each command can be copied. */
export function decideText(hash: string, next: FollowUp): string {
  return `Release them: ${next(`removals release ${hash}`)}  Cancel them: ${next(`removals cancel ${hash}`)}`;
}
