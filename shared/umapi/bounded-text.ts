/**
 * The text's first characters (code points), without halves of surrogate pairs, which have no UTF-8 form. What others
 * send has no other bound, and DynamoDB refuses a row of more than 400 KB for ever.
 */
export function boundedText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text.toWellFormed();
  return Array.from(text.slice(0, 2 * maxCharacters))
    .slice(0, maxCharacters)
    .join("")
    .toWellFormed();
}
