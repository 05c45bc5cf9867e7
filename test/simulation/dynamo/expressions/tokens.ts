import { validationException } from "../errors.ts";
import { reservedWords } from "./reserved-words.ts";

/** The parameter of a request that holds an expression. */
export type ExpressionKind = "ConditionExpression" | "FilterExpression" | "KeyConditionExpression" | "UpdateExpression";

const token = /\s*(<>|<=|>=|[=<>(),.+-]|[:#]?\w+|$)/y;

/** Reads an expression token by token, and notes the placeholders that it meets. */
export class Tokens {
  /** The placeholders read so far, with their `#` or `:`. */
  readonly references = new Set<string>();
  readonly #kind: ExpressionKind;
  readonly #tokens: readonly string[];
  #position = 0;

  /** @throws ValidationException for an empty text, or one with characters that no token starts with */
  constructor(kind: ExpressionKind, text: string) {
    this.#kind = kind;
    this.#tokens = tokensIn(text, (problem) => this.fail(problem));
    if (this.#tokens.length === 0) this.fail("The expression can not be empty;");
  }

  get atEnd(): boolean {
    return this.#position === this.#tokens.length;
  }

  get next(): string {
    return this.#tokens[this.#position] ?? "";
  }

  take(): string {
    const taken = this.next;
    this.#position += 1;
    return taken;
  }

  /** Takes the token if it comes next; keywords are given in capitals and stand in any letter case. */
  takeIf(expected: string): boolean {
    if (this.next.toUpperCase() !== expected) return false;
    this.#position += 1;
    return true;
  }

  expect(expected: string): void {
    if (!this.takeIf(expected)) this.failHere();
  }

  /** Takes the name of an attribute: a bare one, or a placeholder with its `#`. */
  takePath(): string {
    const path = this.take();
    if (/^[A-Za-z]/.test(path)) {
      if (reservedWords.has(path.toUpperCase())) {
        this.fail(`Attribute name is a reserved keyword; reserved keyword: ${path}`);
      }
      return path;
    }
    if (!path.startsWith("#")) this.failHere(path);
    this.references.add(path);
    return path;
  }

  /** Takes a value's placeholder, with its `:`. */
  takeValue(): string {
    const value = this.take();
    if (!value.startsWith(":")) this.failHere(value);
    this.references.add(value);
    return value;
  }

  failHere(found = this.next): never {
    this.fail(`Syntax error; token: ${found === "" ? "<EOF>" : `"${found}"`}`);
  }

  fail(problem: string): never {
    throw validationException(`Invalid ${this.#kind}: ${problem}`);
  }
}

function tokensIn(text: string, fail: (problem: string) => never): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  for (;;) {
    const start = token.lastIndex;
    const read = token.exec(text)?.[1];
    if (read === undefined) fail(`Syntax error; the simulated DynamoDB cannot read: ${text.slice(start).trim()}`);
    if (read === "") return found;
    found.push(read);
  }
}
