import { styleText } from "node:util";
import type { Output, Surroundings } from "../surroundings.ts";

export type Style = "dim" | "green" | "red" | "yellow";

/** How text may look on an output. */
export interface Look {
  /** How wide a line may be; undefined for a file or a pipe, where a line may have any length. */
  readonly columns: number | undefined;
  /** The text in a style, if the output shows colours. */
  readonly styled: (style: Style | undefined, text: string) => string;
}

/** The width for a terminal whose size was never set. */
const usualColumns = 80;

export function lookOf(output: Output, environment: Surroundings["environment"]): Look {
  const isColoured = showsColours(output, environment);
  return {
    columns: columnsOf(output, environment),
    // Whether the output shows colours is decided here, from the given environment, and not by Node.
    styled: (style, text) =>
      style === undefined || !isColoured ? text : styleText(style, text, { validateStream: false }),
  };
}

function columnsOf({ isTTY, columns = 0 }: Output, { COLUMNS }: Surroundings["environment"]): number | undefined {
  const said = /^[1-9]\d{0,4}$/.test(COLUMNS ?? "") ? Number(COLUMNS) : undefined;
  if (isTTY !== true) return said;
  return columns > 0 ? columns : (said ?? usualColumns);
}

/** `FORCE_COLOR` overrides `NO_COLOR` (no-color.org), as in Node. */
function showsColours({ isTTY }: Output, { FORCE_COLOR, NO_COLOR, TERM }: Surroundings["environment"]): boolean {
  if (FORCE_COLOR !== undefined) return !["0", "false"].includes(FORCE_COLOR);
  return isTTY === true && (NO_COLOR ?? "") === "" && TERM !== "dumb";
}
