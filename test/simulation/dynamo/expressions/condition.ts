import { cached } from "./cached.ts";
import { type ExpressionKind, Tokens } from "./tokens.ts";

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/**
 * A condition on an item. As parsed, `path` and values of type `V` are what the text has there; once bound, the
 * attribute's name and the value meant.
 */
export type Condition<V> =
  | { readonly kind: "and" | "or"; readonly left: Condition<V>; readonly right: Condition<V> }
  | { readonly kind: "not"; readonly inner: Condition<V> }
  | { readonly kind: "attribute_exists" | "attribute_not_exists"; readonly path: string }
  | { readonly kind: "compare"; readonly comparator: Comparator; readonly path: string; readonly value: V }
  | { readonly kind: "between"; readonly path: string; readonly low: V; readonly high: V }
  | { readonly kind: "begins_with"; readonly path: string; readonly value: V }
  | { readonly kind: "contains"; readonly path: string; readonly value: V };

/** A leaf of a condition: what it says of one attribute. */
export type AttributeTest<V> = Exclude<Condition<V>, { readonly kind: "and" | "or" | "not" }>;

export interface ParsedCondition {
  readonly kind: ExpressionKind;
  readonly condition: Condition<string>;
  /** The placeholders in the text, with their `#` or `:`. */
  readonly references: ReadonlySet<string>;
}

const comparators: readonly Comparator[] = ["=", "<>", "<", "<=", ">", ">="];

/**
 * Reads conditions on attributes, and on members of them, compared with values. What DynamoDB knows beyond them is
 * refused: what is nested deeper, attributes compared with each other, `IN`, `size` and `attribute_type`.
 *
 * @throws ValidationException
 */
export const parseCondition = {
  ConditionExpression: cached((text) => parse("ConditionExpression", text)),
  FilterExpression: cached((text) => parse("FilterExpression", text)),
  KeyConditionExpression: cached((text) => parse("KeyConditionExpression", text)),
};

function parse(kind: ExpressionKind, text: string): ParsedCondition {
  const tokens = new Tokens(kind, text);
  const condition = new ConditionReader(tokens).read();
  if (!tokens.atEnd) tokens.failHere();
  return { kind, condition, references: tokens.references };
}

/** AWS: comparisons bind closest, then NOT, then AND, then OR. */
class ConditionReader {
  readonly #tokens: Tokens;
  readonly #parenthesised = new WeakSet<Condition<string>>();

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  read(): Condition<string> {
    let left = this.#readConjunction();
    while (this.#tokens.takeIf("OR")) left = { kind: "or", left, right: this.#readConjunction() };
    return left;
  }

  #readConjunction(): Condition<string> {
    let left = this.#readTerm();
    while (this.#tokens.takeIf("AND")) left = { kind: "and", left, right: this.#readTerm() };
    return left;
  }

  #readTerm(): Condition<string> {
    if (this.#tokens.takeIf("NOT")) return { kind: "not", inner: this.#readTerm() };
    if (!this.#tokens.takeIf("(")) return this.#readFunction() ?? this.#readComparison();
    const inner = this.read();
    this.#tokens.expect(")");
    if (this.#parenthesised.has(inner)) this.#tokens.fail("The expression has redundant parentheses;");
    this.#parenthesised.add(inner);
    return inner;
  }

  /** AWS: names of functions are told by letter case. */
  #readFunction(): Condition<string> | undefined {
    const name = this.#tokens.next;
    switch (name) {
      case "attribute_exists":
      case "attribute_not_exists": {
        this.#tokens.take();
        this.#tokens.expect("(");
        const path = this.#tokens.takePath();
        this.#tokens.expect(")");
        return { kind: name, path };
      }
      case "begins_with":
      case "contains": {
        this.#tokens.take();
        this.#tokens.expect("(");
        const path = this.#tokens.takePath();
        this.#tokens.expect(",");
        const value = this.#tokens.takeValue();
        this.#tokens.expect(")");
        return { kind: name, path, value };
      }
      default:
        return undefined;
    }
  }

  /** An attribute, or by its bare name a member of one. */
  #readPath(): string {
    const path = this.#tokens.takePath();
    return !path.startsWith("#") && this.#tokens.takeIf(".") ? `${path}.${this.#tokens.take()}` : path;
  }

  #readComparison(): Condition<string> {
    const path = this.#readPath();
    if (this.#tokens.takeIf("BETWEEN")) {
      const low = this.#tokens.takeValue();
      this.#tokens.expect("AND");
      return { kind: "between", path, low, high: this.#tokens.takeValue() };
    }
    const comparator = comparators.find((candidate) => this.#tokens.takeIf(candidate));
    if (comparator === undefined) this.#tokens.failHere();
    return { kind: "compare", comparator, path, value: this.#tokens.takeValue() };
  }
}
