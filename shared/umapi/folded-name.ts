/**
 * The form in which names of users, domains and groups are compared. Names that differ only in letter case, or only in
 * how Unicode composes their letters (NFC, NFD), have the same form. It serves only for comparing and is never sent.
 *
 * Unicode: canonical caseless matching with simple case folding. Full folding would also make `Straße` equal to
 * `Strasse`, and so take two groups for one.
 */
export function foldedName(name: string): string {
  if (/^[\0-\x7f]*$/.test(name)) return name.toLowerCase();
  // A small letter, such as ǰ, may compose although its capital does not, so the text is normalized once more.
  return Array.from(name.normalize(), foldedLetter).join("").normalize();
}

/** Whether the two names mean one user, domain or group. */
export function isSameName(one: string, other: string): boolean {
  return foldedName(one) === foldedName(other);
}

/** Goes through the capital, because several small letters, such as σ and ς, may share one. */
function foldedLetter(letter: string): string {
  const capital = letter.toUpperCase();
  const isOneLetter = capital.length === letter.length;
  return (isOneLetter ? capital : letter).toLowerCase();
}
