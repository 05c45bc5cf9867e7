import type { Repeats } from "../operations/repeats.ts";
import { counted, grouped, relative } from "./text.ts";

/**
 * Says that operations had been submitted before, and how to submit them as new ones.
 *
 * @param total how many were submitted
 * @param now milliseconds since the epoch
 */
export function repeatsText(repeats: Repeats, total: number, now: number): string {
  const found = [...repeats.values()].filter((operation) => operation !== undefined);
  const [first] = found.map(({ acceptedAt }) => acceptedAt).sort();
  const when = first === undefined ? "" : `, ${relative(first, now)},`;
  const queued = found.filter(({ status }) => status === "queued").length;
  const [they, them, were, are] = repeats.size === 1 ? ["it", "it", "was", "is"] : ["they", "them", "were", "are"];
  const what =
    repeats.size < total
      ? `${grouped(repeats.size)} of these ${counted(total, "operation")} ${are} repeated`
      : "This is a repeat";
  return [
    `${what}: ${they} ${were} submitted before${when} and ${are} not done again.`,
    ...(queued === 0 ? [] : [stillQueued(queued, repeats.size)]),
    `To do ${them} once more, add --key and a new text, such as --key ${keyFor(now)}.`,
  ].join(" ");
}

function stillQueued(queued: number, size: number): string {
  const [which, them] =
    size === 1 ? ["It is", "it"] : queued === 1 ? ["1 of them is", "it"] : [`${grouped(queued)} of them are`, "them"];
  return `${which} still queued: what has been submitted since goes after ${them}.`;
}

/** For example `20260105-090000`. */
function keyFor(now: number): string {
  return new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replaceAll(/[-:]/g, "")
    .replace("T", "-");
}
