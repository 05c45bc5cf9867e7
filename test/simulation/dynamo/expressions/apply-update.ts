import { type AttributeValue, type Item, typeOf } from "../attribute-value.ts";
import { addNumbers, subtractNumbers } from "../decimal.ts";
import { invalidParameter, validationException } from "../errors.ts";
import { type KeySchema, keyAttributes } from "../key-schema.ts";
import type { Placeholders } from "./placeholders.ts";
import type { Operand, ParsedUpdate, SetValue } from "./update.ts";

/** Checks what can be told of an update before the item is known. @throws ValidationException */
export function checkUpdate({ set, remove, add }: ParsedUpdate, placeholders: Placeholders, schema: KeySchema): void {
  const paths = [...set.map(({ path }) => path), ...remove, ...add.map(({ path }) => path)];
  const names = paths.map((path) => placeholders.attribute(path));
  const key = keyAttributes(schema).find(({ name }) => names.includes(name));
  if (key !== undefined)
    throw invalidParameter(`Cannot update attribute ${key.name}. This attribute is part of the key`);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw invalid(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path: [${twice}]`,
    );
  }
  for (const { value } of add) checkNumber(placeholders.value(value), "ADD");
  for (const { value } of set) {
    if (value.kind !== "arithmetic") continue;
    for (const operand of [value.left, value.right]) {
      if (operand.kind === "value") checkNumber(placeholders.value(operand.value), value.operator);
    }
  }
}

/** The item after a checked update; everything is computed from the item before it. @throws ValidationException */
export function applyUpdate({ set, remove, add }: ParsedUpdate, placeholders: Placeholders, item: Item): Item {
  const updated = new Map(item);
  for (const { path, value } of set) updated.set(placeholders.attribute(path), resultOf(value));
  for (const path of remove) updated.delete(placeholders.attribute(path));
  for (const { path, value } of add) {
    const name = placeholders.attribute(path);
    const sum = addNumbers(numberIn(item.get(name) ?? { N: "0" }), numberIn(placeholders.value(value)));
    updated.set(name, { N: sum });
  }
  return updated;

  function resultOf(value: SetValue): AttributeValue {
    if (value.kind !== "arithmetic") return operandOf(value);
    const [left, right] = [numberIn(operandOf(value.left)), numberIn(operandOf(value.right))];
    return { N: value.operator === "+" ? addNumbers(left, right) : subtractNumbers(left, right) };
  }

  function operandOf(operand: Operand): AttributeValue {
    if (operand.kind === "value") return placeholders.value(operand.value);
    const found = item.get(placeholders.attribute(operand.path));
    if (found !== undefined) return found;
    if (operand.kind === "if_not_exists") return operandOf(operand.otherwise);
    throw validationException("The provided expression refers to an attribute that does not exist in the item");
  }
}

function numberIn(value: AttributeValue): string {
  if ("N" in value) return value.N;
  throw validationException("An operand in the update expression has an incorrect data type");
}

function checkNumber(value: AttributeValue, operator: string): void {
  if ("N" in value) return;
  const type = typeOf(value);
  throw invalid(`Incorrect operand type for operator or function; operator: ${operator}, operand type: ${type}`);
}

const invalid = (problem: string) => validationException(`Invalid UpdateExpression: ${problem}`);
