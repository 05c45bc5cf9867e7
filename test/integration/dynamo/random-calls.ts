import fc from "fast-check";

/** An expression with what it needs. */
export interface Expression {
  readonly text: string;
  readonly names?: Record<string, string> | undefined;
  readonly values?: Record<string, unknown> | undefined;
}

interface RandomItem extends Readonly<Record<string, unknown>> {
  readonly order?: string;
}

export type RandomCall =
  | { readonly kind: "get"; readonly pk: string }
  | { readonly kind: "delete"; readonly pk: string; readonly condition: Expression | undefined }
  | { readonly kind: "batchGet"; readonly pks: readonly string[] }
  | { readonly kind: "put"; readonly pk: string; readonly item: RandomItem; readonly condition: Expression | undefined }
  | { readonly kind: "update"; readonly pk: string; readonly update: Expression }
  | {
      readonly kind: "query";
      readonly index: "byStatus" | "byRoot";
      readonly partition: string;
      readonly sort: Expression | undefined;
      readonly filter: Expression | undefined;
      readonly forward: boolean;
      readonly limit: number | undefined;
    };

const pk = fc.constantFrom("a", "b", "c", "d", "e", "f");
const status = fc.constantFrom("queued", "succeeded");
const root = fc.constantFrom("user#a", "user#b");
const order = fc.constantFrom("", "1", "10", "2", "\u00e9", "\u{1f600}");
const amount = fc.constantFrom(-1, 0, 1, 2, 10, 1.5, "1");
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary });

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .record({ operator: fc.constantFrom("=", "<>", "<", "<=", ">", ">="), value: amount })
    .map(({ operator, value }) => ({
      text: `charges ${operator} :charges`,
      values: { ":charges": value },
    })),
  fc.record({ low: fc.constantFrom(-1, 0, 1), high: fc.constantFrom(1, 2, "1") }).map(({ low, high }) => ({
    text: "revision BETWEEN :low AND :high",
    values: { ":low": low, ":high": high },
  })),
  fc.constantFrom("attribute_exists(note)", "attribute_not_exists(charges)").map((text) => ({ text })),
  fc
    .constantFrom("", "no", "note")
    .map((value) => ({ text: "begins_with(note, :prefix)", values: { ":prefix": value } })),
  amount.map((value) => ({ text: "contains(many, :part)", values: { ":part": value } })),
);

const { condition } = fc.letrec<{ condition: Expression }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    leaf,
    tie("condition").map((inner) => ({ ...inner, text: `NOT (${inner.text})` })),
    fc
      .tuple(tie("condition"), fc.constantFrom("AND" as const, "OR" as const), tie("condition"))
      .map(([left, operator, right]) => join(left, operator, right)),
  ),
}));

const writeCondition: fc.Arbitrary<Expression> = fc.oneof(
  fc.constant({ text: "attribute_not_exists(pk)" }),
  fc.constantFrom(0, 1, 2, 3).map((value) => ({ text: "revision = :revision", values: { ":revision": value } })),
  condition,
);

const unlisted = {
  charges: amount,
  revision: fc.constantFrom(0, 1, 2, 3),
  note: fc.constantFrom("", "no", "note", "other"),
  many: fc.array(amount, { maxLength: 3 }),
  row: fc.string({ unit: "grapheme", maxLength: 20 }),
};
const item = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ status, root, order, ...unlisted }, { requiredKeys: ["status", "root", "order"] }),
  },
  { weight: 1, arbitrary: fc.record({ status, root, order, ...unlisted }, { requiredKeys: [] }) },
);

const update: fc.Arbitrary<Expression> = fc.oneof(
  amount.map((value) => ({ text: "ADD charges :n", values: { ":n": value } })),
  amount.map((value) => ({
    text: "SET charges = if_not_exists(charges, :n) + :n, note = :n",
    values: { ":n": value },
  })),
  amount.map((value) => ({ text: "SET revision = charges - :n REMOVE many", values: { ":n": value } })),
  fc.constantFrom("status", "root", "order").map((name) => ({ text: "REMOVE #name", names: { "#name": name } })),
);

const names = { "#order": "order" };
const sortKey = fc.tuple(order, pk).map(([prefix, key]) => `${prefix}#${key}`);

const sort: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), sortKey).map(([operator, value]) => ({
    text: `#order ${operator} :order`,
    names,
    values: { ":order": value },
  })),
  fc.constantFrom("#", "1", "10#", "2#b", "\u00e9", "\u{1f600}", "x").map((value) => ({
    text: "begins_with(#order, :order)",
    names,
    values: { ":order": value },
  })),
  fc.tuple(sortKey, sortKey).map(([low, high]) => ({
    text: "#order BETWEEN :order AND :until",
    names,
    values: { ":order": low, ":until": high },
  })),
);

const listed = fc.oneof(
  fc.record({ index: fc.constant("byStatus" as const), partition: status }),
  fc.record({ index: fc.constant("byRoot" as const), partition: root }),
);

export const randomCall: fc.Arbitrary<RandomCall> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("put" as const), pk, item, condition: maybe(writeCondition) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("update" as const), pk, update }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), pk, condition: maybe(writeCondition) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("get" as const), pk }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("batchGet" as const),
      pks: fc.oneof(fc.uniqueArray(pk, { minLength: 1 }), fc.array(pk, { maxLength: 3 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        kind: fc.constant("query" as const),
        listed,
        sort: maybe(sort),
        filter: maybe(condition),
        forward: fc.boolean(),
        limit: maybe(fc.integer({ min: 1, max: 4 })),
      })
      .map(({ listed: { index, partition }, ...rest }) => ({ ...rest, index, partition })),
  },
);

/** Two expressions as one, with what both need. */
export function join(left: Expression, operator: "AND" | "OR", right: Expression): Expression {
  return {
    text: `${left.text} ${operator} ${right.text}`,
    names: { ...left.names, ...right.names },
    values: { ...left.values, ...right.values },
  };
}
