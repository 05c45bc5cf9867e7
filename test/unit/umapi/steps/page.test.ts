import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stepsPage } from "../../../../infra/docs/steps-page.ts";
import { stepFacts } from "../../../../shared/umapi/steps/facts.ts";

const page = readFileSync(new URL("../../../../docs/steps.md", import.meta.url), "utf8");

test("docs/steps.md is as the catalogue says; after a change, run npm run docs", () => {
  expect(page).toBe(stepsPage());
});

test("Every step has its place on the page, once for each root", () => {
  const listed = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(listed).toEqual([...stepFacts.user.keys(), ...stepFacts.usergroup.keys()]);
});

test.each([
  ["createFederatedID", "`email`, `firstname`, `lastname`, `country`, `option?` | first | `email`: the user's own"],
  ["remove", 'as `"all"`'],
  ["removeFromOrg", "last |  | yes | the account, with `deleteAccount`"],
  ["deleteUserGroup", "nothing | last"],
])("The page says of %s: %s", (name, text) => {
  expect(page.split("\n").filter((line) => line.startsWith(`| \`${name}\``) && line.includes(text)).length).toBe(1);
});
