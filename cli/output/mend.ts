import { callOf } from "../../client/call-of.ts";
import type { FollowUp } from "./follow-up.ts";

/** The most calls for which a command is shown. */
const mostCalls = 3;

/** How to get the failed lines of a CSV file in a file of their own. @param ids the ids of their operations */
export function mendText(ids: readonly string[], followUp: FollowUp): string {
  const calls = [...new Set(ids.map(callOf))];
  const files = calls.length === 1 ? ["failed.csv"] : calls.map((_, index) => `failed-${index + 1}.csv`);
  const commands = calls.map(
    (call, index) => `  ${followUp(`list --status failed --call ${call} --csv`)} > ${files[index]}`,
  );
  return [
    "To mend their lines, and submit only them:",
    ...commands.slice(0, mostCalls),
    ...(calls.length > mostCalls ? ["  …"] : []),
  ].join("\n");
}
