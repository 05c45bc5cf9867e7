import type { Repeats } from "../operations/repeats.ts";
import { counted, grouped, relative } from "./text.ts";

/**
 * Says that operations had been handed in before, and how to mean them anew.
 *
 * @param total how many were handed in
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
    `${what}: ${they} ${were} handed in before${when} and ${are} not done again.`,
    ...(queued === 0 ? [] : [stillQueued(queued, repeats.size)]),
    `To do ${them} once more, add --key and a text of your own, such as --key ${keyFor(now)}.`,
  ].join(" ");
}

function stillQueued(queued: number, size: number): string {
  const [which, them] =
    size === 1 ? ["It is", "it"] : queued === 1 ? ["1 of them is", "it"] : [`${grouped(queued)} of them are`, "them"];
  return `${which} still queued: what has been handed in since goes after ${them}.`;
}

/** For example `20260105-090000`. */
function keyFor(now: number): string {
  return new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replaceAll(/[-:]/g, "")
    .replace("T", "-");
}
