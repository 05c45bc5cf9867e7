/**
 * The form in which names of users, domains and groups are compared. Names that differ only in letter case, or only in
 * how Unicode composes their letters (NFC, NFD), have the same form. It is for comparing alone and is never sent.
 *
 * Unicode: canonical caseless matching with simple case folding. Full folding would also take `Straße` for `Strasse`,
 * and two groups of these names for one.
 */
export function foldedName(name: string): string {
  if (/^[\0-\x7f]*$/.test(name)) return name.toLowerCase();
  // A letter in small, such as ǰ, may compose where its capital does not: hence once more at the end.
  return Array.from(name.normalize(), foldedLetter).join("").normalize();
}

/** Whether the two are names of one user, domain or group. */
export function isSameName(one: string, other: string): boolean {
  return foldedName(one) === foldedName(other);
}

/** By way of the capital, because several small letters may share it, such as σ and ς. */
function foldedLetter(letter: string): string {
  const capital = letter.toUpperCase();
  const isOneLetter = capital.length === letter.length;
  return (isOneLetter ? capital : letter).toLowerCase();
}
