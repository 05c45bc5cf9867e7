import { parseBudget } from "../pacing/budget.ts";

/** How many removals a lane takes in any window before it asks. */
export interface RemovalLimit {
  readonly operations: number;
  readonly windowSeconds: number;
}

/**
 * Reads `100/3600`: operations, a slash, the window's seconds; or `off`.
 *
 * @returns `none` for `off`, and undefined if it is neither
 */
export function parseRemovalLimit(text: string): RemovalLimit | "none" | undefined {
  if (text === "off") return "none";
  const parsed = parseBudget(text);
  return parsed && { operations: parsed.requests, windowSeconds: parsed.windowSeconds };
}
