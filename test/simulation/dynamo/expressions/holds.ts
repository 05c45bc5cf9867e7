import type { AttributeValue, Item } from "../attribute-value.ts";
import { beginsWith, compareValues, equalValues } from "../compare.ts";
import type { AttributeTest, Comparator, Condition } from "./condition.ts";

const noItem: Item = new Map();

/** Whether a bound condition holds of the item; one that is not there has no attributes. */
export function holds(condition: Condition<AttributeValue>, item: Item = noItem): boolean {
  switch (condition.kind) {
    case "and":
      return holds(condition.left, item) && holds(condition.right, item);
    case "or":
      return holds(condition.left, item) || holds(condition.right, item);
    case "not":
      return !holds(condition.inner, item);
    default:
      return passes(condition, item.get(condition.path) ?? memberOf(item, condition.path));
  }
}

/** @param path an attribute and a member of it, with a dot between them */
function memberOf(item: Item, path: string): AttributeValue | undefined {
  const [attribute = "", member = ""] = path.split(".");
  const value = item.get(attribute);
  return value !== undefined && "M" in value && Object.hasOwn(value.M, member) ? value.M[member] : undefined;
}

/** Whether one attribute's value, undefined where it is missing, is as the test says. */
export function passes(test: AttributeTest<AttributeValue>, value: AttributeValue | undefined): boolean {
  if (test.kind === "attribute_exists") return value !== undefined;
  if (test.kind === "attribute_not_exists") return value === undefined;
  // AWS: an attribute that is missing differs from every value, and passes no other test.
  if (value === undefined) return test.kind === "compare" && test.comparator === "<>";
  switch (test.kind) {
    case "compare":
      return compares(value, test.comparator, test.value);
    case "between":
      return compares(value, ">=", test.low) && compares(value, "<=", test.high);
    case "begins_with":
      return beginsWith(value, test.value);
    case "contains":
      return contains(value, test.value);
  }
}

function compares(value: AttributeValue, comparator: Comparator, other: AttributeValue): boolean {
  if (comparator === "=") return equalValues(value, other);
  if (comparator === "<>") return !equalValues(value, other);
  const order = compareValues(value, other);
  if (order === undefined) return false;
  switch (comparator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ("S" in value) return "S" in part && value.S.includes(part.S);
  if ("B" in value) return "B" in part && Buffer.from(value.B, "base64").includes(Buffer.from(part.B, "base64"));
  return "L" in value && value.L.some((element) => equalValues(element, part));
}
