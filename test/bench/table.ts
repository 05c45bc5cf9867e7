import type { Figure } from "./benchmark.ts";

/** The figures as text: a row for each name, a column for each case. */
export function table(figures: readonly Figure[]): string {
  const cases = [...new Set(figures.map((figure) => figure.case))];
  const names = [...new Set(figures.map(({ name }) => name))];
  const rows = names.map((name) => {
    const ofName = figures.filter((figure) => figure.name === name);
    const values = cases.map((column) => shown(ofName.find((figure) => figure.case === column)?.value));
    return [name, ...values, ofName[0]?.unit ?? ""];
  });
  const lines = [["", ...cases, ""], ...rows];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map(
      (line) =>
        `  ${line
          .map((cell, index) => aligned(cell, index))
          .join("  ")
          .trimEnd()}`,
    )
    .join("\n");

  function aligned(cell: string, index: number): string {
    const width = widths[index] ?? 0;
    return index === 0 || index === widths.length - 1 ? cell.padEnd(width) : cell.padStart(width);
  }
}

/** To three digits or to the unit, whichever says more. */
function shown(value: number | undefined): string {
  if (value === undefined) return "";
  return value.toLocaleString("en", {
    maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 1000 ? 1 : 0,
  });
}
