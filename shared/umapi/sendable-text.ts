import { characterFound } from "./characters.ts";

/**
 * Finds characters that would not reach Adobe as they were submitted: control characters, halves of surrogate pairs,
 * U+FFFD and the two noncharacters that SQS refuses.
 *
 * U+FFFD replaces bytes that were not UTF-8. Half of a pair has no UTF-8 form and would silently become U+FFFD. AWS: a
 * message with a character outside `#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF` is
 * `InvalidMessageContents`. Control characters would pass as JSON escapes, but no name or address has one.
 */
const unsendable = /[\p{Cc}\p{Cs}\uFFFD-\uFFFF]/u;

/** Control, format and invisible characters, and those that cannot be sent. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFD-\uFFFF]/u;

/** The first character that cannot be sent, as in `U+0000 null at position 2`; undefined if all can. */
export function unsendableIn(text: string): string | undefined {
  return characterFound(text, unsendable);
}

/** As `unsendableIn`, for text that may have several lines. */
export function unsendableInLines(text: string): string | undefined {
  return unsendableIn(text.replace(/[\t\n\r]/g, " "));
}

/**
 * The first control, format or invisible character; undefined if there is none. Emoji may contain such characters, and
 * are visible.
 */
export function unseenIn(text: string): string | undefined {
  if (!unseen.test(text)) return undefined;
  return characterFound(
    text.replace(/\p{RGI_Emoji}/gv, (emoji) => "x".repeat(Array.from(emoji).length)),
    unseen,
  );
}

/** Whether the text has no visible character. */
export function isBlank(text: string): boolean {
  return text.replace(/[\s\p{Default_Ignorable_Code_Point}\u2800]/gu, "") === "";
}
