/** What the workload's names look like. No other text of a command does. */
const name = /^(?:(?:given|family)-(?:\d+-)?)?(caller\d+(?:\.\d+| group \d+)|nobody\.caller\d+)(?:@example\.com)?$/;

/**
 * Every name of a user or group that a command mentions, but for the groups that all share. A username and an email that
 * differ in the domain only count as one.
 */
export function namesIn(command: object): string[] {
  const found = new Set<string>();
  collect(command, found);
  return [...found];
}

/** The one form of a name, or undefined for any other text. */
export function nameOf(text: string): string | undefined {
  return name.exec(text.toLowerCase())?.[1];
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === "string") {
    const known = nameOf(value);
    if (known !== undefined) found.add(known);
  } else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) collect(part, found);
}
