/**
 * The first characters (code points) of a text, without halves of surrogate pairs, which have no UTF-8 form. Text from
 * outside has no other limit, and DynamoDB refuses a row of more than 400 KB.
 */
export function boundedText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text.toWellFormed();
  return Array.from(text.slice(0, 2 * maxCharacters))
    .slice(0, maxCharacters)
    .join("")
    .toWellFormed();
}
