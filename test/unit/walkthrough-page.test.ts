import { expect, test } from "vitest";
import { readExamples } from "../support/examples.ts";
import { commandBlocks, page } from "../support/walkthrough-page.ts";

const examples = readExamples();
const [, tables = ""] = /## The ten rows\n(.*?)\n## /s.exec(page) ?? [];
const rows = tables.split("\n").filter((line) => line.includes(".py]"));

test("The walkthrough's ten samples are on the page, in its order", () => {
  const samples = rows.map((row) => /\[(\w+)\.py\]/.exec(row)?.[1]);
  expect(samples.slice(0, 10)).toEqual([
    "ExchangeJWT",
    "AddAdobeIDUser",
    "CreateEnterpriseUser",
    "CreateFederatedUser",
    "UpdateUser",
    "GroupInformation",
    "UserInformation",
    "UserInformationByGroup",
    "RemoveFromOrg",
    "UserMultipleOperations",
  ]);
});

test("Every example is in a row of the page, and every row names one", () => {
  const named = rows.map((row) => [...row.matchAll(/`sh examples\/([a-z-]+)\.sh`/g)].map(([, name]) => name));
  expect(named.filter((names) => names.length === 0)).toEqual([]);
  expect(named.flat().toSorted()).toEqual(examples.map(({ name }) => name).toSorted());
});

test("Every row leads to the section of its sample, which has the commands of its examples to the letter", () => {
  const shown = (heading: string) =>
    commandBlocks().flatMap((block) => (block.heading === heading ? block.commands : []));
  for (const row of rows) {
    const [, sample = "", anchor] = /\[(\w+)\.py\]\(#(\w+)\)/.exec(row) ?? [];
    expect(anchor).toBe(sample.toLowerCase());
    for (const [, name] of row.matchAll(/`sh examples\/([a-z-]+)\.sh`/g))
      expect(shown(sample)).toContain(examples.find((example) => example.name === name)?.command);
  }
});

test("Every section that the page links to is there", () => {
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replaceAll(" ", "-"),
  );
  const linked = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor ?? "");
  expect(linked.filter((anchor) => !headings.includes(anchor))).toEqual([]);
});
