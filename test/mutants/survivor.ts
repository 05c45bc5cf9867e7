import { type Explained, explained } from "./explained.ts";
import type { MutantResult } from "./run-stryker.ts";

/** A mutant that no test has noticed. */
export interface Survivor {
  readonly file: string;
  readonly lineNumber: number;
  readonly line: string;
  readonly change: string;
}

/** Code longer than this is cut in what is shown of a change. */
const mostShown = 60;

/** @param source the text of the file without the mutant */
export function survivorOf(file: string, source: string, { location, replacement }: MutantResult): Survivor {
  const { start, end } = location;
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const original = lines
    .map((text, index) => text.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join("\n");
  const line = (lines[0] ?? "").trim();
  return { file, lineNumber: start.line, line, change: `${short(original)} → ${short(replacement ?? "")}` };
}

export function reasonFor({ file, line, change }: Survivor): Explained | undefined {
  return explained[file]?.find((each) => each.line === line && each.change === change);
}

function short(code: string): string {
  const text = code.replaceAll(/\s+/g, " ").trim();
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
