import type { Explained } from "./explained/alike.ts";
import { explained } from "./explained.ts";
import type { Mutant, TriedFile } from "./report.ts";

/** A mutant that no test has noticed. */
export interface Survivor {
  readonly file: string;
  readonly lineNumber: number;
  readonly line: string;
  readonly change: string;
}

/** Code longer than this is cut in what is shown of a change. */
const mostShown = 60;

export function survivorsIn({ file, source, mutants }: TriedFile): Survivor[] {
  return mutants
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map((mutant) => ({ file, ...placeOf(mutant, source.split("\n")) }));
}

function placeOf({ location: { start, end }, replacement = "" }: Mutant, source: readonly string[]) {
  const lines = source.slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const original = lines
    .map((text, index) => text.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join("\n");
  const change = `${short(original)} → ${short(replacement)}`;
  return { lineNumber: start.line, line: (lines[0] ?? "").trim(), change };
}

export function reasonFor({ file, line, change }: Survivor): Explained | undefined {
  return explained[file]?.find((each) => each.line === line && each.change === change);
}

function short(code: string): string {
  const text = code.replaceAll(/\s+/g, " ").trim();
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
