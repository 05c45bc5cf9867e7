import type { SeenOperation } from "../../client/seen-operation.ts";
import type { Waiting } from "../../shared/api/operation.ts";
import { maxCountedAhead } from "../../shared/operation/limits.ts";
import { rootOf } from "../operations/operation.ts";
import { type Detail, detailLines } from "./details.ts";
import { errorDetails, notCertain } from "./failure.ts";
import type { Look } from "./look.ts";
import { statusStyle } from "./operation-table.ts";
import { stepText } from "./steps.ts";
import { counted, grouped, moment } from "./text.ts";
import { waitingFor } from "./waiting.ts";

/** Everything known about one operation. @param now milliseconds since the epoch */
export function operationText(operation: SeenOperation, look: Look, now: number): string {
  const {
    id,
    status,
    attempts,
    acceptedAt,
    submittedBy,
    notBefore,
    updatedAt,
    waiting,
    canceledAt,
    canceledBy,
    certain,
    supersededBy,
    error,
    do: steps = [],
  } = operation;
  const details: Detail[] = [
    ["on", rootText(operation)],
    ...steps.map((step, index): Detail => [index === 0 ? "do" : "", stepText(step)]),
    ["accepted", by(submittedBy, moment(acceptedAt, now))],
    ...(notBefore === undefined ? [] : [["due", moment(notBefore, now)] as const]),
    ["updated", moment(updatedAt, now)],
    ...(attempts === 0 ? [] : [["charged", counted(attempts, "attempt")] as const]),
    ...(waiting === undefined ? [] : waitDetails(waiting, now)),
    ...(canceledAt === undefined ? [] : [["canceled", by(canceledBy, moment(canceledAt, now))] as const]),
    ...(certain === false ? [notCertain] : []),
    ...(supersededBy === undefined
      ? []
      : [["why", `${supersededBy} ${removedFirst(operation)}, so this is not sent any more`] as const]),
    ...(error === undefined ? [] : errorDetails(error)),
  ];
  return [`${id} ${look.styled(statusStyle(status), status)}`, ...detailLines(details, look)].join("\n");
}

/** For example `jane.doe@example.com`, or `jdoe in example.com`. */
function rootText(operation: SeenOperation): string {
  const { domain, useAdobeID } = operation;
  return [
    rootOf(operation),
    ...(domain === undefined ? [] : [`in ${domain}`]),
    ...(useAdobeID === true ? ["(the Adobe ID)"] : []),
  ].join(" ");
}

function removedFirst({ user }: SeenOperation): string {
  return user === undefined ? "removed whom it names first" : "removed this person first";
}

/** For example `2026-01-05T09:00:00Z, 3 min ago, by arn:aws:iam::123456789012:role/hr`. */
function by(who: string | undefined, when: string): string {
  return who === undefined ? when : `${when}, by ${who}`;
}

function waitDetails(waiting: Waiting, now: number): Detail[] {
  const { ahead, expectedAt } = waiting;
  return [
    ["waits", waitingFor(waiting, (time) => moment(time, now)).replace(/^waits /, "")],
    ...(ahead === undefined ? [] : [["ahead", aheadText(ahead)] as const]),
    ...(expectedAt === undefined ? [] : [["expected", `about ${moment(expectedAt, now)}`] as const]),
  ];
}

function aheadText(ahead: number): string {
  if (ahead === 0) return "none";
  return ahead === maxCountedAhead ? `${grouped(ahead)} operations or more` : `about ${counted(ahead, "operation")}`;
}
