import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fields, knownWords, reasonColumns } from "../../../cli/input/csv/fields.ts";
import { actions, identityTypes, ifExistsChoices } from "../../../cli/input/input.ts";

const page = readFileSync(new URL("../../../docs/files.md", import.meta.url), "utf8");

test("The page about files names every field, every word for a column of it, and everything that a cell may say", () => {
  for (const field of fields) expect(page).toContain(`| \`${field}\` |`);
  for (const [word, field] of knownWords())
    expect(page, word).toMatch(new RegExp(`\\| \`${field}\` \\|.*[ ,;]${word}[,;:. ]`));
  for (const name of [...actions, ...identityTypes, ...ifExistsChoices, ...reasonColumns])
    expect(page).toContain(`\`${name}\``);
});
