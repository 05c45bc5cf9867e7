import { cached } from "./cached.ts";
import { Tokens } from "./tokens.ts";

/** What `SET` takes a value from; paths and values are as the text has them. */
export type Operand =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "if_not_exists"; readonly path: string; readonly otherwise: Operand };

export type SetValue =
  | Operand
  | { readonly kind: "arithmetic"; readonly operator: "+" | "-"; readonly left: Operand; readonly right: Operand };

export interface ParsedUpdate {
  readonly kind: "UpdateExpression";
  readonly set: readonly { readonly path: string; readonly value: SetValue }[];
  readonly remove: readonly string[];
  readonly add: readonly { readonly path: string; readonly value: string }[];
  /** The placeholders in the text, with their `#` or `:`. */
  readonly references: ReadonlySet<string>;
}

/**
 * Reads changes of attributes at the top level. What DynamoDB knows beyond them is refused: nested attributes,
 * `list_append` and `DELETE`, which is for sets.
 *
 * @throws ValidationException
 */
export const parseUpdate: (text: string) => ParsedUpdate = cached((text) => {
  const tokens: Tokens = new Tokens("UpdateExpression", text);
  const set: { path: string; value: SetValue }[] = [];
  const remove: string[] = [];
  const add: { path: string; value: string }[] = [];
  const clauses: ReadonlyMap<string, () => unknown> = new Map([
    ["SET", () => set.push(readSet(tokens))],
    ["REMOVE", () => remove.push(tokens.takePath())],
    ["ADD", () => add.push({ path: tokens.takePath(), value: tokens.takeValue() })],
  ]);
  const seen = new Set<string>();
  while (!tokens.atEnd) {
    const clause = tokens.next.toUpperCase();
    const readEntry = clauses.get(clause);
    if (readEntry === undefined) tokens.failHere();
    if (seen.has(clause)) tokens.fail(`The "${clause}" section can only be used once in an update expression;`);
    seen.add(clause);
    tokens.take();
    do readEntry();
    while (tokens.takeIf(","));
  }
  return { kind: "UpdateExpression", set, remove, add, references: tokens.references };
});

function readSet(tokens: Tokens): { path: string; value: SetValue } {
  const path = tokens.takePath();
  tokens.expect("=");
  const left = readOperand(tokens);
  const operator = tokens.next;
  if (operator !== "+" && operator !== "-") return { path, value: left };
  tokens.take();
  return { path, value: { kind: "arithmetic", operator, left, right: readOperand(tokens) } };
}

function readOperand(tokens: Tokens): Operand {
  if (tokens.next.startsWith(":")) return { kind: "value", value: tokens.takeValue() };
  if (tokens.next !== "if_not_exists") return { kind: "path", path: tokens.takePath() };
  tokens.take();
  tokens.expect("(");
  const path = tokens.takePath();
  tokens.expect(",");
  const otherwise = readOperand(tokens);
  tokens.expect(")");
  return { kind: "if_not_exists", path, otherwise };
}
