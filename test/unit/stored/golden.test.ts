import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { toItem, toRow } from "../../../shared/ledger/item.ts";
import { newRow, settle } from "../../../shared/ledger/row.ts";
import { parseMessage } from "../../../shared/operation/message.ts";
import { outgoingBatches } from "../../../shared/submit/batches.ts";
import { addTo } from "../../simulation/observations.ts";
import { operationOf } from "../../support/operations.ts";
import { examplesOf, forms } from "./forms.ts";

const folder = new URL("../../fixtures/stored/", import.meta.url);
const namesIn = (path: string, isFolder: boolean) =>
  readdirSync(new URL(path, folder), { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() === isFolder ? [each.name] : [],
  );
const files = namesIn(".", true).flatMap((version) =>
  namesIn(`${version}/`, false).map((file) => `${version}/${file}`),
);
const golden = (path: string): unknown[] => JSON.parse(readFileSync(new URL(path, folder), "utf8"));
const textOf = (examples: readonly unknown[]) => `${JSON.stringify(examples, undefined, 1)}\n`;
const next = (name: string) => new URL(`next/${name}.json`, folder).pathname;

/** What the code reads it by, where that is more than its schema. */
const readers: Readonly<Record<string, (example: unknown) => unknown>> = {
  message: (example) => parseMessage(JSON.stringify(example)),
  "row-as-written": (example) => toRow({ row: JSON.stringify(example), revision: 1 }),
  row: (example) => toRow({ row: JSON.stringify(example), revision: 1 }),
};

describe("What a version has stored is read by every later one", () => {
  test.each(files)("%s", (path) => {
    const form = path.replace(/^.*\/|\.json$/g, "");
    const read = readers[form] ?? ((example: unknown) => forms[form]?.safeParse(example).data);
    for (const example of golden(path)) expect(read(example), "each file is named after a form").toBeDefined();
  });
});

test("A version that does not know removals above the limit reads none of their messages", () => {
  const held = { ...operationOf(`${"0".repeat(32)}-000`, addTo("ada@example.com", "Sales")), removalSet: 1 };
  for (const { body } of outgoingBatches([held]).flat()) {
    expect(JSON.parse(body)).toMatchObject({ v: 2 });
    expect(parseMessage(body)).toEqual([held]);
  }
});

test("Fields that only a newer version knows outlive a write by this one", () => {
  const row = newRow(operationOf("a", addTo("ada@example.com", "Sales")));
  const newer = { ...row, of: 1, operation: { ...row.operation, of: 2 }, progress: { ...row.progress, of: 3 } };
  const read = toRow({ row: JSON.stringify(newer), revision: 1 });
  if (read === undefined) throw new Error("the row cannot be read");
  const outcome = { kind: "again", progress: { ...read.progress, stepsDone: 1 } } as const;
  const written: unknown = JSON.parse(String(toItem(settle(read, outcome, 5, () => 0))["row"]));
  expect(written).toMatchObject({ of: 1, operation: { of: 2 }, progress: { of: 3, stepsDone: 1 } });
});

describe("A stored form does not change without its golden file", () => {
  // See ARCHITECTURE.md, "A stored field". Where a change is meant: `npm test -- test/unit/stored --update`.
  test.each(Object.entries(forms))("%s", async (form, schema) => {
    const examples = examplesOf(schema);
    for (const example of examples) expect(schema.safeParse(example)).toMatchObject({ success: true });
    await expect(textOf(examples)).toMatchFileSnapshot(next(form));
  });

  test("nor what is written around a message's operations, and around a row", async () => {
    const operation = operationOf(`${"0".repeat(32)}-000`, addTo("ada@example.com", "Sales"));
    const bodies = outgoingBatches([operation]).flat();
    await expect(textOf(bodies.map(({ body }) => JSON.parse(body)))).toMatchFileSnapshot(next("message"));
    const { row, ...item } = toItem(newRow(operation));
    expect(item).toMatchObject({ pk: `operation#${operation.id}`, status: "queued" });
    await expect(textOf([JSON.parse(String(row))])).toMatchFileSnapshot(next("row-as-written"));
  });
});
