import leven from "leven";

/** With more edits than this, any word is like any other. */
const mostEdits = 3;

/** The candidate most like the word, regardless of letter case; undefined if none is near enough. */
export function likest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    const isNear = edits <= mostEdits && edits <= 0.4 * Math.max(word.length, candidate.length);
    if (isNear && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Two neighbouring letters that changed places count as one edit. */
function editsBetween(one: string, other: string): number {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const swapped = one.slice(0, at) + (one[at + 1] ?? "") + (one[at] ?? "") + one.slice(at + 2);
  return at !== -1 && swapped === other ? 1 : leven(one, other);
}

/** For example ` (did you mean email?)`; empty for undefined. */
export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : ` (did you mean ${meant}?)`;
}
