/** A width that fits any terminal. */
const width = 80;

/** Words in lines of at most 80 characters, all but the first indented; a longer word has a line of its own. */
export function wrapped(words: readonly string[], indent = "  "): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join("\n");
}
