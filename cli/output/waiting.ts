import type { Operation } from "../operations/operation.ts";
import { timeOfDay } from "./text.ts";

const reasons: Readonly<Record<string, string>> = {
  throttled: "Adobe's throttle",
  budget: "Adobe's limit",
  "adobe-unavailable": "Adobe, which is not available",
  "credentials-refused": "other credentials: Adobe refuses these",
  "credentials-unreadable": "usable credentials in the secret",
  held: "another try",
  suspect: "proof that it is not what Adobe fails at",
  unsettled: "the fate of its last try, which Adobe did not answer",
  behind: "an earlier operation on the same user or group",
  scheduled: "its day",
  paused: "somebody to resume the lane",
};

/** For example `waits for Adobe's throttle until 12:03:20`. */
export function waitingFor({ until, reason, behind }: NonNullable<Operation["waiting"]>): string {
  const what = `waits for ${reasons[reason] ?? reason}${behind === undefined ? "" : ` (${behind})`}`;
  if (until === undefined) return what;
  return `${what} until ${reason === "scheduled" ? until : timeOfDay(Date.parse(until))}`;
}
