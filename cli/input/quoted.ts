/** The most characters of a value that are shown. */
const longest = 60;

/** A value of a person's own file, for their own terminal: cut if it is long, with invisible characters shown. */
export function quoted(text: string): string {
  const characters = [...text];
  const shown = characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
  return JSON.stringify(shown).replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029\uFFFD]/gu,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
}

/** Quotes a name only if it has spaces. */
export function quotedName(name: string): string {
  return /^[\w-]+$/.test(name) ? name : quoted(name);
}

/** For example `"Department", "Cost Centre" and "Title"`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
