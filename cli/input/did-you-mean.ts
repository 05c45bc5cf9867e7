import leven from "leven";

/** More edits than this turn any word into any other. */
const mostEdits = 3;

/** The candidate that is likest to the word, letter case aside; undefined if none is near enough to have been meant. */
export function likest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    const isNear = edits <= mostEdits && edits <= 0.4 * Math.max(word.length, candidate.length);
    if (isNear && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Two neighbours that have changed places are one slip. */
function editsBetween(one: string, other: string): number {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const swapped = one.slice(0, at) + (one[at + 1] ?? "") + (one[at] ?? "") + one.slice(at + 2);
  return at !== -1 && swapped === other ? 1 : leven(one, other);
}

/** For example ` (did you mean email?)`; nothing where nothing is meant. */
export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : ` (did you mean ${meant}?)`;
}
