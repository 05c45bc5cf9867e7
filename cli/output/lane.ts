import type { LaneView } from "../../shared/api/lane.ts";
import { counted, grouped, plainText } from "./text.ts";
import { waitingFor } from "./waiting.ts";

/** The state of a lane, a line for each fact. */
export function laneText({ lane, queued, parked, oldestAcceptedAt, budget, block, paused }: LaneView): string {
  const own = Object.entries(parked).map(([reason, count]) => `${grouped(count)} ${reason}`);
  const by = paused?.by === undefined ? "" : ` by ${plainText(paused.by)}`;
  return [
    `${lane}`,
    `  queued    ${counted(queued, "operation")}`,
    ...(own.length === 0 ? [] : [`  of these  ${own.join(", ")}`]),
    ...(oldestAcceptedAt === undefined ? [] : [`  oldest    accepted ${oldestAcceptedAt}`]),
    `  budget    ${budget.used} of ${counted(budget.requests, "request")} in ${budget.seconds} s used`,
    ...(block === undefined ? [] : [`  ${waitingFor(block)}`]),
    ...(paused === undefined ? [] : [`  paused    since ${paused.since}${by}; umapi resume lets it go on`]),
  ].join("\n");
}
