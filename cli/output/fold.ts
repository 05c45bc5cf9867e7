import stringWidth from "string-width";
import { plainText } from "./text.ts";

/** The content of one column of a row: a text, or a list that may be split between its items. */
export type Cell = string | readonly string[];

/** A part of a line. */
export interface Piece {
  /** How many spaces stand before it. */
  readonly before: number;
  readonly text: string;
  /** The column that it belongs to. */
  readonly column: number;
}

const gap = 2;
/** Of the lines after the first of a row. */
const indent = 2;

/**
 * Lays a row out in lines that fit, each column with its width. A cell that does not fit goes to a line of its own as a
 * whole. Only lists are split, and only between items. A text that is wider than a whole line sticks out.
 *
 * @param room how wide a line may be. @default - any width, so that there is one line
 */
export function foldedRow(row: readonly Cell[], widths: readonly number[], room = Number.POSITIVE_INFINITY): Piece[][] {
  let line: Piece[] = [];
  const lines = [line];
  let end = 0;
  let begin = 0;
  const breakLine = () => {
    line = [];
    lines.push(line);
    end = 0;
  };
  for (const [column, cell] of row.entries()) {
    const width = Math.max(widths[column] ?? 0, widthOf(cell));
    if (line.length > 0 && begin + width > room) {
      breakLine();
      begin = indent;
    }
    for (const [index, text] of textsOf(cell, room - begin).entries()) {
      if (index > 0) breakLine();
      line.push({ before: begin - end, text, column });
      end = begin + stringWidth(text);
    }
    begin += width + gap;
  }
  return lines.filter((pieces) => pieces.some(({ text }) => text !== ""));
}

export function widthOf(cell: Cell): number {
  return stringWidth(joined(cell));
}

function joined(cell: Cell): string {
  return plainText(typeof cell === "string" ? cell : cell.join(", "));
}

/** The cell in as many lines as it needs. */
function textsOf(cell: Cell, room: number): string[] {
  if (typeof cell === "string" || widthOf(cell) <= room) return [joined(cell)];
  const lines: string[] = [];
  for (const [index, item] of cell.entries()) {
    const text = plainText(item) + (index === cell.length - 1 ? "" : ",");
    const longer = `${lines.at(-1) ?? ""} ${text}`;
    if (lines.length > 0 && stringWidth(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}
