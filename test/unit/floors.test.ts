import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import arrows from "../../.biome.arrows.json" with { type: "json" };

function groupOf({ rules }: (typeof arrows.overrides)[number]["linter"]): string {
  return rules.style.noRestrictedImports.options.patterns.flatMap(({ group }) => group).join(" ");
}

/** Each folder of `root` that the linter knows, and the folders that it may not know, from the ground up. */
function floorsOf(root: string) {
  return arrows.overrides.flatMap(({ includes, linter }) => {
    const [, folder] = new RegExp(`^${root}/([a-z]+)/\\*\\*$`).exec(includes[0] ?? "") ?? [];
    const [, names] = /^\.\.\/\*\*\/\{(.*)\}\/\*\*$/.exec(groupOf(linter)) ?? [];
    return folder === undefined ? [] : [{ folder, unknown: names?.split(",") }];
  });
}

describe.each([
  ["shared", ["functions", "infra", "client", "cli", "test"]],
  ["cli", ["functions", "infra", "test"]],
])("The floors of %s/", (root, above) => {
  const floors = floorsOf(root);
  const names = floors.map(({ folder }) => folder);

  test("are all of its folders", () => {
    const folders = readdirSync(new URL(`../../${root}/`, import.meta.url), { withFileTypes: true });
    expect(folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(names.toSorted());
  });

  test("may know none above them", () => {
    expect(floors).toEqual(names.map((folder, at) => ({ folder, unknown: [...names.slice(at + 1), ...above] })));
  });
});

test("Nothing lies beside the floors of shared/", () => {
  const entries = readdirSync(new URL("../../shared/", import.meta.url), { withFileTypes: true });
  expect(entries.filter((entry) => !entry.isDirectory())).toEqual([]);
});

test("A file beside the floors of cli/ may know none of them", () => {
  const beside = arrows.overrides.find(({ includes }) => includes[0] === "cli/*.ts");
  const named = /\.\/\{([a-z,]+)\}\/\*\*$/.exec(beside === undefined ? "" : groupOf(beside.linter))?.[1]?.split(",");
  expect(named).toEqual(floorsOf("cli").map(({ folder }) => folder));
});
