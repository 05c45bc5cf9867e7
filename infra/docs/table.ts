/** A section of a page that holds one table, in Markdown. */
export function section(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return `## ${title}\n\n${[columns, columns.map(() => "---"), ...rows].map(line).join("")}`;
}
