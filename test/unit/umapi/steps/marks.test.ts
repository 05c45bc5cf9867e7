import { describe, expect, test } from "vitest";
import { type AnyMarks, marked, visitMarked } from "../../../../shared/umapi/steps/marks.ts";

/** What the marks are on in the value, mark by mark. */
function found(value: unknown, marks: AnyMarks<string>): string[] {
  const all: string[] = [];
  for (const each of marked(marks))
    visitMarked(value, each, (part, mark) => all.push(`${mark} ${JSON.stringify(part)}`));
  return all;
}

describe("a mark is found", () => {
  test.each<[string, unknown, AnyMarks<string>, string[]]>([
    ["on a value", "a", "x", ['x "a"']],
    ["on every entry of a list", ["a", "b"], "x", ['x "a"', 'x "b"']],
    ["on fields, in the order of the marks", { b: 1, a: true }, { a: "x", b: "y" }, ["x true", "y 1"]],
    ["on every entry of a field", { a: ["b", "c"], d: "e" }, { a: "x" }, ['x "b"', 'x "c"']],
    ["within objects and lists", { a: [{ b: "c" }, { b: ["d"] }] }, { a: { b: "x" } }, ['x "c"', 'x "d"']],
  ])("%s", (_, value, marks, expected) => {
    expect(found(value, marks)).toEqual(expected);
  });

  test.each<[string, unknown, AnyMarks<string>]>([
    ["in a word in the place of an object", "all", { a: "x" }],
    ["in null", null, { a: "x" }],
    ["in an empty list", { a: [] }, { a: "x" }],
    ["where there is no mark", { a: "b" }, {}],
  ])("not %s", (_, value, marks) => {
    expect(found(value, marks)).toEqual([]);
  });
});
