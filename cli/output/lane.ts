import type { LaneView } from "../../shared/api/lane.ts";
import { maxCountedInLane } from "../../shared/operation/limits.ts";
import { type Detail, detailLines } from "./details.ts";
import type { Look } from "./look.ts";
import { counted, grouped, moment } from "./text.ts";
import { waitingFor } from "./waiting.ts";

/** The state of a lane, a line for each fact. @param now milliseconds since the epoch */
export function laneText(lane: LaneView, look: Look, now: number): string {
  const { queued, parked, oldestAcceptedAt, budget, block, paused, drainedAt, lastHour } = lane;
  const own = Object.entries(parked).map(([reason, count]) => `${grouped(count)}${orMore(count)} ${reason}`);
  const details: Detail[] = [
    ["queued", `${counted(queued, "operation")}${orMore(queued)}`],
    ...(own.length === 0 ? [] : [["of these", own.join(", ")] as const]),
    ...(oldestAcceptedAt === undefined ? [] : [["oldest", `accepted ${moment(oldestAcceptedAt, now)}`] as const]),
    ["budget", `${grouped(budget.used)} of ${counted(budget.requests, "request")} in ${budget.seconds} s used`],
    ...(block === undefined
      ? []
      : [["waits", waitingFor(block, (time) => moment(time, now)).replace(/^waits /, "")] as const]),
    ...(paused === undefined ? [] : [["paused", pauseText(paused, now)] as const]),
    ...(drainedAt === undefined ? [] : [["drained", `about ${moment(drainedAt, now)}`] as const]),
    ...(lastHour === undefined ? [] : lastHourDetails(lastHour)),
  ];
  return [lane.lane, ...detailLines(details, look)].join("\n");
}

const orMore = (count: number) => (count === maxCountedInLane ? " or more" : "");

function pauseText({ since, by }: NonNullable<LaneView["paused"]>, now: number): string {
  return `since ${moment(since, now)}${by === undefined ? "" : `, by ${by}`}; umapi resume lets it go on`;
}

/** What the last hour brought, and under it each code by which operations failed, the most frequent first. */
function lastHourDetails({ succeeded, failed, throttles }: NonNullable<LaneView["lastHour"]>): Detail[] {
  const codes = Object.entries(failed).toSorted(([, one], [, other]) => other - one);
  const failures = codes.reduce((sum, [, count]) => sum + count, 0);
  const told = [`${grouped(succeeded)} succeeded`, `${grouped(failures)} failed`, counted(throttles, "throttle")];
  return [["last hour", told.join(", ")], ...codes.map(([code, count]): Detail => ["", `${grouped(count)} ${code}`])];
}
