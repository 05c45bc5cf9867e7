import type { SeenOperation } from "../../client/seen-operation.ts";
import { rootOf } from "../operations/operation.ts";
import { errorCode } from "./failure.ts";
import type { Style } from "./look.ts";
import type { Column } from "./table.ts";
import { relative } from "./text.ts";
import { isOwn, waitOf } from "./waiting.ts";

export const operationColumns: readonly Column[] = [
  { heading: "ID" },
  { heading: "STATUS", style: statusStyle },
  { heading: "ON" },
  { heading: "ACCEPTED" },
  { heading: "WHY" },
];

export function statusStyle(status: string): Style | undefined {
  const styles: Readonly<Record<string, Style>> = {
    queued: "yellow",
    succeeded: "green",
    failed: "red",
    canceled: "dim",
    superseded: "dim",
  };
  return styles[status];
}

/** A row under `operationColumns`, with times relative to now. @param now milliseconds since the epoch */
export function operationRow(operation: SeenOperation, now: number): string[] {
  return [operation.id, operation.status, rootOf(operation), acceptedText(operation, now), why(operation, now)];
}

/** For example `3 min ago by nightly`: of an ARN the name alone, which `umapi status` has whole. */
export function acceptedText({ acceptedAt, submittedBy }: SeenOperation, now: number): string {
  const name = submittedBy?.replace(/^arn:.*[:/]/, "");
  return `${relative(acceptedAt, now)}${name === undefined ? "" : ` by ${name}`}`;
}

/** A wait of the whole queue is the same for each row, so its time is shown once, under the table. */
function why({ error, waiting, supersededBy, user }: SeenOperation, now: number): string {
  if (error !== undefined) return errorCode(error);
  if (supersededBy !== undefined) return `${user === undefined ? "its people were" : "the person was"} removed first`;
  if (waiting === undefined) return "";
  if (!isOwn(waiting) || waiting.until === undefined) return waitOf(waiting);
  const next = waiting.reason === "scheduled" ? "due" : "next try";
  return `${waitOf(waiting)}, ${next} ${relative(waiting.until, now)}`;
}
