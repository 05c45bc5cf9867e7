import { timeOfDay } from "./text.ts";

const reasons: Readonly<Record<string, string>> = {
  throttled: "Adobe's throttle",
  budget: "Adobe's limit",
  "adobe-unavailable": "Adobe, which is not available",
  "credentials-refused": "other credentials: Adobe refuses these",
  "credentials-unreadable": "usable credentials in the secret",
  held: "another try",
};

/** For example `waits for Adobe's throttle until 12:03:20`. */
export function waitingFor({ until, reason }: { readonly until: string; readonly reason: string }): string {
  return `waits for ${reasons[reason] ?? reason} until ${timeOfDay(Date.parse(until))}`;
}
