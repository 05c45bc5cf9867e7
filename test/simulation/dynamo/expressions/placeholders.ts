import { type AttributeValue, readItem } from "../attribute-value.ts";
import { validationException } from "../errors.ts";

export interface PlaceholderInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/** An expression of the request, as far as its placeholders go. */
export interface Referring {
  readonly kind: string;
  readonly references: ReadonlySet<string>;
}

/** What a request's placeholders stand for. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, AttributeValue>;

  /**
   * AWS: each placeholder of a request's expressions is defined, and each that is defined is used.
   *
   * @throws ValidationException where that is not so
   */
  constructor(input: PlaceholderInput, expressions: readonly (Referring | undefined)[]) {
    this.#names = readNames(input);
    this.#values = readValues(input);
    const used = expressions.filter((expression) => expression !== undefined);
    for (const expression of used) this.#checkDefined(expression);
    this.#checkUsed("ExpressionAttributeNames", this.#names, used);
    this.#checkUsed("ExpressionAttributeValues", this.#values, used);
  }

  /** The attribute that a path of an expression names. */
  attribute(path: string): string {
    return this.#names.get(path) ?? path;
  }

  /** The value that a placeholder of a checked expression stands for. */
  value(reference: string): AttributeValue {
    const value = this.#values.get(reference);
    if (value === undefined) throw new Error(`${reference} was not checked before it was bound.`);
    return value;
  }

  #checkDefined({ kind, references }: Referring): void {
    for (const reference of references) {
      if (this.#names.has(reference) || this.#values.has(reference)) continue;
      throw validationException(
        reference.startsWith("#")
          ? `Invalid ${kind}: An expression attribute name used in the document path is not defined; attribute name: ${reference}`
          : `Invalid ${kind}: An expression attribute value used in expression is not defined; attribute value: ${reference}`,
      );
    }
  }

  #checkUsed(parameter: string, defined: ReadonlyMap<string, unknown>, expressions: readonly Referring[]): void {
    if (defined.size > 0 && expressions.length === 0) {
      throw validationException(`${parameter} can only be specified when using expressions`);
    }
    for (const reference of defined.keys()) {
      if (expressions.some(({ references }) => references.has(reference))) continue;
      throw validationException(`Value provided in ${parameter} unused in expressions: keys: {${reference}}`);
    }
  }
}

function readNames({ ExpressionAttributeNames: names }: PlaceholderInput): ReadonlyMap<string, string> {
  if (names === undefined) return new Map();
  checkReferences("ExpressionAttributeNames", /^#\w+$/, Object.keys(names));
  return new Map(Object.entries(names));
}

function readValues({ ExpressionAttributeValues: values }: PlaceholderInput): ReadonlyMap<string, AttributeValue> {
  if (values === undefined) return new Map();
  checkReferences("ExpressionAttributeValues", /^:\w+$/, Object.keys(values));
  return readItem(values);
}

function checkReferences(parameter: string, syntax: RegExp, references: readonly string[]): void {
  if (references.length === 0) throw validationException(`${parameter} must not be empty`);
  const unfit = references.find((reference) => !syntax.test(reference));
  if (unfit === undefined) return;
  throw validationException(`${parameter} contains invalid key: Syntax error; key: "${unfit}"`);
}
