/**
 * Reads an INI file as Python's `configparser` does, for which the walkthrough's was written: names in any letter case,
 * `=` or `:` between name and value, and no comments behind a value, so that a secret may hold `;` and `#`.
 *
 * @returns the values by section, then by name in lower case
 */
export function readIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    const [, heading] = /^\[(.+)\]$/.exec(line) ?? [];
    const [, name, value] = /^([^=:#;][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map();
      sections.set(heading, section);
    } else if (name !== undefined && value !== undefined) section.set(name.toLowerCase(), value);
  }
  return sections;
}
