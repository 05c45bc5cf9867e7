/** Descriptions of characters, so that people can find one that they cannot see. */

/**
 * Names from the Unicode Character Database, for characters that get into a text by copying, by export and by mistake.
 */
const names: ReadonlyMap<number, string> = new Map([
  [0x00, "null"],
  [0x09, "tab"],
  [0x0a, "line feed"],
  [0x0d, "carriage return"],
  [0x20, "space"],
  [0x22, "quotation mark"],
  [0x26, "ampersand"],
  [0x27, "apostrophe"],
  [0x28, "left parenthesis"],
  [0x29, "right parenthesis"],
  [0x2b, "plus sign"],
  [0x2c, "comma"],
  [0x2d, "hyphen"],
  [0x2f, "slash"],
  [0x3a, "colon"],
  [0x3b, "semicolon"],
  [0x3c, "less-than sign"],
  [0x3e, "greater-than sign"],
  [0x40, "at sign"],
  [0x5b, "left square bracket"],
  [0x5c, "backslash"],
  [0x5d, "right square bracket"],
  [0x5f, "underscore"],
  [0x60, "grave accent"],
  [0x7f, "delete"],
  [0xa0, "no-break space"],
  [0xad, "soft hyphen"],
  [0x34f, "combining grapheme joiner"],
  [0x61c, "Arabic letter mark"],
  [0x115f, "Hangul choseong filler"],
  [0x1160, "Hangul jungseong filler"],
  [0x180e, "Mongolian vowel separator"],
  [0x200b, "zero width space"],
  [0x200c, "zero width non-joiner"],
  [0x200d, "zero width joiner"],
  [0x200e, "left-to-right mark"],
  [0x200f, "right-to-left mark"],
  [0x2018, "left single quotation mark"],
  [0x2019, "right single quotation mark"],
  [0x201c, "left double quotation mark"],
  [0x201d, "right double quotation mark"],
  [0x201e, "double low-9 quotation mark"],
  [0x2028, "line separator"],
  [0x2029, "paragraph separator"],
  [0x202a, "left-to-right embedding"],
  [0x202b, "right-to-left embedding"],
  [0x202c, "pop directional formatting"],
  [0x202d, "left-to-right override"],
  [0x202e, "right-to-left override"],
  [0x202f, "narrow no-break space"],
  [0x2060, "word joiner"],
  [0x2066, "left-to-right isolate"],
  [0x2067, "right-to-left isolate"],
  [0x2068, "first strong isolate"],
  [0x2069, "pop directional isolate"],
  [0x2800, "blank Braille pattern"],
  [0x3000, "ideographic space"],
  [0x3002, "ideographic full stop"],
  [0x3164, "Hangul filler"],
  [0xfe0e, "variation selector 15"],
  [0xfe0f, "variation selector 16"],
  [0xfeff, "byte order mark"],
  [0xff20, "fullwidth at sign"],
  [0xffa0, "halfwidth Hangul filler"],
  [0xfffd, "replacement character (it was not UTF-8)"],
]);

/** Descriptions for characters without a name here; the first that fits counts. */
const kinds: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/\p{Cs}/u, "half of a surrogate pair"],
  [/\p{Cc}/u, "control character"],
  [/\p{Cf}/u, "format character"],
  [/\p{Default_Ignorable_Code_Point}/u, "invisible character"],
  [/\p{Z}/u, "space"],
  [/\p{Noncharacter_Code_Point}/u, "noncharacter"],
  [/\p{Co}/u, "private-use character"],
  [/\p{P}/u, "punctuation mark"],
  [/\p{S}/u, "sign"],
];

/**
 * The first character that the pattern matches, such as `U+200B zero width space at position 5`, counted from 1;
 * undefined if there is none.
 *
 * @param pattern matches one character
 * @param from where in the text to begin, in UTF-16 units
 */
export function characterFound(text: string, pattern: RegExp, from = 0): string | undefined {
  const found = text.slice(from).search(pattern);
  if (found < 0) return undefined;
  const index = from + found;
  const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
  return `${nameOf(character)} at position ${Array.from(text.slice(0, index)).length + 1}`;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const kind = kinds.find(([pattern]) => pattern.test(character))?.[1] ?? "character";
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")} ${names.get(code) ?? kind}`;
}
