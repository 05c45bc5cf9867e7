/**
 * Reads an INI file as Python's `configparser` does, because the walkthrough's file was written for it: names in any
 * letter case, `=` or `:` between name and value, and no comments behind a value, so that a secret may hold `;` and
 * `#`.
 *
 * @returns the values by section, then by name, all names in lower case
 */
export function readIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of joinedKeys(text)
    .split(/\r?\n/)
    .map((each) => each.trim())) {
    const [, heading] = /^\[(.+)\]$/.exec(line) ?? [];
    const [, name, value] = /^([^=:#;][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (heading !== undefined) {
      const title = heading.trim().toLowerCase();
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
    } else if (name !== undefined && value !== undefined) section.set(name.toLowerCase(), value);
  }
  return sections;
}

/** Puts each PEM key on one line, because its lines would be taken for names and values, with `\n` written out. */
export function joinedKeys(text: string): string {
  return text.replaceAll(/-----BEGIN ([A-Z ]+)-----.*?-----END \1-----/gs, (key) => key.replaceAll(/\s*\n\s*/g, "\\n"));
}
