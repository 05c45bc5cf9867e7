import { type AttributeValue, typeOf } from "../attribute-value.ts";
import { invalidParameter, validationException } from "../errors.ts";
import { checkKeyValue, type KeyAttribute, type KeySchema } from "../key-schema.ts";
import type { AttributeTest, Condition } from "./condition.ts";

/** A test that items in sort order pass in one unbroken run. */
export type SortKeyTest = Extract<
  AttributeTest<AttributeValue>,
  { readonly kind: "compare" | "between" | "begins_with" }
>;

export interface KeyCondition {
  readonly partition: AttributeValue;
  /** @default - every item of the partition */
  readonly sort?: SortKeyTest;
}

/**
 * Reads a bound condition as a query's: the partition key is equal to a value, and the sort key passes a test.
 *
 * @throws ValidationException for any other condition
 */
export function readKeyCondition(condition: Condition<AttributeValue>, schema: KeySchema): KeyCondition {
  const tests = testsIn(condition);
  const paths = tests.map(({ path }) => path);
  if (new Set(paths).size < paths.length) {
    throw invalidCondition("KeyConditionExpressions must only contain one condition per key");
  }
  const onPartition = tests.find(({ path }) => path === schema.partition.name);
  if (onPartition === undefined) throw missed(schema.partition);
  if (onPartition.kind !== "compare" || onPartition.comparator !== "=") {
    throw validationException("Query key condition not supported");
  }
  checkType(onPartition.value, schema.partition);
  const others = tests.filter((test) => test !== onPartition);
  if (others.length === 0) return { partition: onPartition.value };
  const { sort } = schema;
  const onSort = others.find(({ path }) => path === sort?.name);
  if (sort === undefined || others.length > 1) throw validationException("Query key condition not supported");
  if (onSort === undefined) throw missed(sort);
  for (const value of onSort.kind === "between" ? [onSort.low, onSort.high] : [onSort.value]) checkType(value, sort);
  return { partition: onPartition.value, sort: onSort };
}

function testsIn(condition: Condition<AttributeValue>): SortKeyTest[] {
  switch (condition.kind) {
    case "and":
      return [...testsIn(condition.left), ...testsIn(condition.right)];
    case "compare":
      if (condition.comparator === "<>") throw unfit("<>");
      return [condition];
    case "between":
    case "begins_with":
      return [condition];
    default:
      throw unfit(condition.kind);
  }
}

function checkType(value: AttributeValue, key: KeyAttribute): void {
  if (typeOf(value) !== key.type) throw invalidParameter("Condition parameter type does not match schema type");
  checkKeyValue(value, key);
}

const invalidCondition = (problem: string) => validationException(`Invalid KeyConditionExpression: ${problem}`);
const unfit = (operator: string) =>
  invalidCondition(`Invalid operator used in KeyConditionExpression: ${operator.toUpperCase()}`);
const missed = ({ name }: KeyAttribute) => validationException(`Query condition missed key schema element: ${name}`);
