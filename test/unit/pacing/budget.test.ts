import { expect, test } from "vitest";
import { parseBudget } from "../../../shared/pacing/budget.ts";

test.each([
  ["10/60", { requests: 10, windowSeconds: 60 }],
  ["1/1", { requests: 1, windowSeconds: 1 }],
  ["999999/999999", { requests: 999_999, windowSeconds: 999_999 }],
  ...[
    "",
    "10",
    "10/",
    "/60",
    "0/60",
    "10/0",
    "-1/60",
    "1.5/60",
    "10/60/1",
    " 10/60",
    "10/60\n",
    "1e3/60",
    "1000000/60",
  ].map((text): [string, undefined] => [text, undefined]),
])("the budget %j is read as %j", (text, budget) => {
  expect(parseBudget(text)).toEqual(budget);
});
