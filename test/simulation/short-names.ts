/** Lines with operations named by the order of their calls, such as `#3-012`, instead of by their ids. */
export function withShortNames(lines: readonly string[]): string[] {
  const calls = new Map<string, string>();
  return lines.map((line) =>
    line.replace(/\b[0-9a-f]{32}(?=-\d{3})/g, (call) => {
      const name = calls.get(call) ?? `#${calls.size + 1}`;
      calls.set(call, name);
      return name;
    }),
  );
}
