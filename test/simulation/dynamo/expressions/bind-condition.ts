import { type AttributeValue, typeOf, type ValueType } from "../attribute-value.ts";
import { compareValues } from "../compare.ts";
import { validationException } from "../errors.ts";
import type { AttributeTest, Condition, ParsedCondition } from "./condition.ts";
import type { Placeholders } from "./placeholders.ts";

const ordered: readonly ValueType[] = ["S", "N", "B"];
const prefixes: readonly ValueType[] = ["S", "B"];

/**
 * Puts attributes and values in the place of a condition's placeholders.
 *
 * @throws ValidationException for a value that its operator does not take
 */
export function bindCondition(
  { kind, condition }: ParsedCondition,
  placeholders: Placeholders,
): Condition<AttributeValue> {
  return bind(condition);

  function bind(parsed: Condition<string>): Condition<AttributeValue> {
    switch (parsed.kind) {
      case "and":
      case "or":
        return { kind: parsed.kind, left: bind(parsed.left), right: bind(parsed.right) };
      case "not":
        return { kind: "not", inner: bind(parsed.inner) };
      default:
        return bindTest(parsed);
    }
  }

  function bindTest(test: AttributeTest<string>): AttributeTest<AttributeValue> {
    const path = placeholders.attribute(test.path);
    switch (test.kind) {
      case "attribute_exists":
      case "attribute_not_exists":
        return { kind: test.kind, path };
      case "compare": {
        const value = placeholders.value(test.value);
        const isEquality = test.comparator === "=" || test.comparator === "<>";
        if (!isEquality) checkType(value, ordered, `operator: ${test.comparator}`);
        return { kind: "compare", comparator: test.comparator, path, value };
      }
      case "between": {
        const [low, high] = [placeholders.value(test.low), placeholders.value(test.high)];
        checkBounds(low, high);
        return { kind: "between", path, low, high };
      }
      case "begins_with":
      case "contains": {
        const value = placeholders.value(test.value);
        if (test.kind === "begins_with") checkType(value, prefixes, "operator or function: begins_with");
        return { kind: test.kind, path, value };
      }
    }
  }

  function checkType(value: AttributeValue, allowed: readonly ValueType[], operator: string): void {
    const type = typeOf(value);
    if (allowed.includes(type)) return;
    fail(`Incorrect operand type for operator or function; ${operator}, operand type: ${type}`);
  }

  function checkBounds(low: AttributeValue, high: AttributeValue): void {
    checkType(low, ordered, "operator: BETWEEN");
    const order = compareValues(low, high);
    const bounds = `lower bound operand: ${JSON.stringify(low)}, upper bound operand: ${JSON.stringify(high)}`;
    if (order === undefined) {
      fail(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    }
    if (order > 0) {
      fail(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
    }
  }

  function fail(problem: string): never {
    throw validationException(`Invalid ${kind}: ${problem}`);
  }
}
