import * as z from "zod/mini";

/** Every status that an operation can have, in the order in which they are listed. */
export const statuses = ["queued", "succeeded", "failed", "canceled", "superseded"] as const;

export type Status = (typeof statuses)[number];

export const statusSchema = z.enum(statuses);

type Meaning = "open" | "success" | "failure" | "neither";

/**
 * The meaning of each status. A new status is added here; the compiler then shows where else it matters. None but `queued`
 * may be open: programs of an earlier version take a status that they do not know for an end.
 */
const meanings = {
  queued: "open",
  succeeded: "success",
  failed: "failure",
  canceled: "neither",
  superseded: "neither",
} as const satisfies Readonly<Record<Status, Meaning>>;

/** A status that an operation keeps, unless it is retried. */
export type FinalStatus = { [Each in Status]: (typeof meanings)[Each] extends "open" ? never : Each }[Status];

/** @returns undefined for what is a status of another version, if at all */
export function meaningOf(status: string): Meaning | undefined {
  return Object.entries(meanings).find(([known]) => known === status)?.[1];
}

export function isFinal(status: Status): status is FinalStatus {
  return meanings[status] !== "open";
}

export function isSuccess(status: Status): boolean {
  return meanings[status] === "success";
}

/** Whether there is something to mend and to retry. */
export function isFailure(status: Status): boolean {
  return meanings[status] === "failure";
}

export const finalStatuses: readonly FinalStatus[] = /* @__PURE__ */ statuses.filter(isFinal);
