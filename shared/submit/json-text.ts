/**
 * Reads JSON from an unknown sender. `JSON.parse` alone is not enough: its messages quote the text, which may be
 * personal data; it silently keeps the last of two equal keys; and its result may be too deeply nested for recursion.
 */

export type JsonText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly flaw: JsonFlaw; readonly line: number; readonly column: number };

export type JsonFlaw = "syntax" | "repeated-key" | "too-deep";

/** The deepest nesting of lists and objects; the deepest lawful body has six levels. */
export const maxDepth = 32;

/** The value of the text, or its first flaw and where that is (line and column from 1, UTF-16 units). Never throws. */
export function parseJsonText(text: string): JsonText {
  const scanner = new Scanner(text);
  const flaw = scanner.scan();
  if (flaw === undefined) return { ok: true, value: JSON.parse(text) };
  const before = text.slice(0, scanner.at);
  return { ok: false, flaw, line: before.split("\n").length, column: scanner.at - before.lastIndexOf("\n") };
}

const whitespace = /[ \t\n\r]*/y;
const literal = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** All characters from the space on, except the quotation mark and the backslash. */
const plainCharacters = /[ !#-[\]-\uffff]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Scans the grammar of RFC 8259 once and without recursion, so that deep nesting cannot exhaust the stack. */
class Scanner {
  at = 0;
  readonly #text: string;
  /** The open lists and objects, innermost last: the keys seen of an object, or "list". */
  readonly #open: (Set<string> | "list")[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonFlaw | undefined {
    let flaw = this.#value();
    while (flaw === undefined && this.#open.length > 0) flaw = this.#afterValue();
    if (flaw !== undefined) return flaw;
    this.#skip(whitespace);
    return this.at === this.#text.length ? undefined : "syntax";
  }

  /** A scalar, an empty list or object, or the start of one up to and with its first scalar. */
  #value(): JsonFlaw | undefined {
    for (;;) {
      this.#skip(whitespace);
      if (this.#take("[")) {
        this.#open.push("list");
        if (this.#open.length > maxDepth) return this.#tooDeep();
        this.#skip(whitespace);
        if (this.#text[this.at] === "]") return undefined;
      } else if (this.#take("{")) {
        this.#open.push(new Set());
        if (this.#open.length > maxDepth) return this.#tooDeep();
        this.#skip(whitespace);
        if (this.#text[this.at] === "}") return undefined;
        const flaw = this.#key();
        if (flaw !== undefined) return flaw;
      } else {
        const scalar = this.#text[this.at] === '"' ? this.#string() : this.#skip(literal);
        return scalar ? undefined : "syntax";
      }
    }
  }

  /** The part after a value within a list or an object: its end, or a comma and the next value. */
  #afterValue(): JsonFlaw | undefined {
    this.#skip(whitespace);
    const innermost = this.#open.at(-1);
    if (this.#take(innermost === "list" ? "]" : "}")) {
      this.#open.pop();
      return undefined;
    }
    if (!this.#take(",")) return "syntax";
    this.#skip(whitespace);
    return (innermost === "list" ? undefined : this.#key()) ?? this.#value();
  }

  #key(): JsonFlaw | undefined {
    const start = this.at;
    if (!this.#string()) return "syntax";
    const key: string = JSON.parse(this.#text.slice(start, this.at));
    const seen = this.#open.at(-1);
    if (seen instanceof Set) {
      if (seen.has(key)) {
        this.at = start;
        return "repeated-key";
      }
      seen.add(key);
    }
    this.#skip(whitespace);
    return this.#take(":") ? undefined : "syntax";
  }

  #string(): boolean {
    if (!this.#take('"')) return false;
    do this.#skip(plainCharacters);
    while (this.#skip(escaped));
    return this.#take('"');
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  /** Moves past what the sticky pattern matches here; false if it matches nothing. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.#text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  #tooDeep(): JsonFlaw {
    this.at--;
    return "too-deep";
  }
}
