/**
 * Whether the text reaches Adobe as it was handed in: no control characters, no halves of surrogate pairs, no U+FFFD
 * and none of the two noncharacters that SQS refuses.
 *
 * U+FFFD stands for what somebody could not read as UTF-8 on the way. Half a pair has no UTF-8 form and would silently
 * become U+FFFD. AWS: a message with a character outside
 * `#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF` is `InvalidMessageContents`. Control
 * characters would pass in JSON's escapes, but no name or address has one.
 */
export function isSendable(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\uFFFD-\uFFFF]/u.test(text);
}

/** As `isSendable`, for text that may have several lines. */
export function areSendableLines(text: string): boolean {
  return isSendable(text.replace(/[\t\n\r]/g, " "));
}
