import { styleText } from "node:util";
import type { Output, Surroundings } from "../surroundings.ts";

export type Style = "dim" | "green" | "red" | "yellow";

/** How text may look on an output. */
export interface Look {
  /** What lines are to fit into; undefined for a file or a pipe, where a line may have any length. */
  readonly columns: number | undefined;
  /** The text in a style, if the output shows colours. */
  readonly styled: (style: Style | undefined, text: string) => string;
}

/** What a terminal has whose size nobody has set. */
const usualColumns = 80;

export function lookOf(output: Output, environment: Surroundings["environment"]): Look {
  const isColoured = showsColours(output, environment);
  return {
    columns: columnsOf(output, environment),
    // Whether the output takes it has been decided here, from the environment that was given.
    styled: (style, text) =>
      style === undefined || !isColoured ? text : styleText(style, text, { validateStream: false }),
  };
}

function columnsOf({ isTTY, columns = 0 }: Output, { COLUMNS }: Surroundings["environment"]): number | undefined {
  const said = /^[1-9]\d{0,4}$/.test(COLUMNS ?? "") ? Number(COLUMNS) : undefined;
  if (isTTY !== true) return said;
  return columns > 0 ? columns : (said ?? usualColumns);
}

/** `FORCE_COLOR` goes before `NO_COLOR` (no-color.org), as in Node. */
function showsColours({ isTTY }: Output, { FORCE_COLOR, NO_COLOR, TERM }: Surroundings["environment"]): boolean {
  if (FORCE_COLOR !== undefined) return !["0", "false"].includes(FORCE_COLOR);
  return isTTY === true && (NO_COLOR ?? "") === "" && TERM !== "dumb";
}
