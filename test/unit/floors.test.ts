import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import arrows from "../../.biome.arrows.json" with { type: "json" };

const shared = new URL("../../shared/", import.meta.url);
const above = ["functions", "infra", "client", "cli", "test"];

/** Each folder of shared/ that the linter knows, and the folders that it may not know, from the ground up. */
const floors = arrows.overrides.flatMap(({ includes, linter }) => {
  const [, folder] = /^shared\/([a-z]+)\/\*\*$/.exec(includes[0] ?? "") ?? [];
  const [, names] = /^\.\.\/\*\*\/\{(.*)\}\/\*\*$/.exec(groupOf(linter)) ?? [];
  return folder === undefined ? [] : [{ folder, unknown: names?.split(",") }];
});

function groupOf({ rules }: (typeof arrows.overrides)[number]["linter"]): string {
  return rules.style.noRestrictedImports.options.patterns.flatMap(({ group }) => group).join(" ");
}

test("Every folder of shared/ has its floor, and nothing lies beside the folders", () => {
  const known = floors.map(({ folder }) => folder);
  expect(readdirSync(shared).filter((name) => !known.includes(name))).toEqual([]);
});

test("A floor of shared/ may know none above it", () => {
  const names = floors.map(({ folder }) => folder);
  expect(floors).toEqual(names.map((folder, at) => ({ folder, unknown: [...names.slice(at + 1), ...above] })));
});
