import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");
const page = text("docs/guarantees.md");

test("Every file that the guarantees name is there", () => {
  const named = [...page.matchAll(/`([a-z]+\/[\w./-]+)`/g)].map(([, path]) => path ?? "");
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test("Every test that the guarantees name is there, in the file that is said", () => {
  const checks = [...page.matchAll(/^\* `(test\/[\w./-]+)`: (.+)$/gm)];
  expect(checks.length).toBeGreaterThan(0);
  for (const [, path = "", names = ""] of checks)
    for (const [quoted] of names.matchAll(/"[^"]+"/g))
      expect(text(path)).toMatch(new RegExp(`[(\\s]${escaped(quoted)},`));
});

test("Every promise is followed by a test", () => {
  const [promises = ""] = page.split("\n# Not promised");
  const sections = promises.split("\n## ").slice(1);
  expect(sections.filter((section) => !section.includes("\n* `test/"))).toEqual([]);
});

const escaped = (literal: string) => literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
