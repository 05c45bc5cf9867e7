import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorsPage } from "../../../infra/docs/errors-page.ts";
import { codeRules } from "../../../shared/umapi/errors/code-rules.ts";

const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");

test("docs/errors.md is as the table of codes says; after a change, run npm run docs", () => {
  expect(page).toBe(errorsPage());
});

test("Every code has its place on the page, once", () => {
  const own = ["adobe_failed", "unclear_result", "account_deletion_not_allowed", "expired", "error.request.refused"];
  const listed = page
    .split("\n")
    .flatMap((line) => line.match(/^\| (`[^|]*`) \|/)?.[1]?.split("<br>") ?? [])
    .map((code) => code.replaceAll("`", ""))
    .filter((code) => !["FIELD_", "NOT_ALLOWED"].includes(code));
  expect(listed.toSorted()).toEqual([...codeRules.keys(), ...own].toSorted());
});

test.each([
  [
    "error.user.nonexistent",
    "permanent; transient behind its create; done on a repeat of a rename of a user or a final removal of a user",
  ],
  ["error.usergroup.update.failed", "transient"],
  ["error.internal.add", "transient; permanent if the message has `FIELD_` or `NOT_ALLOWED`"],
  ["error.command.add_remove.list_too_long", "too long"],
  ["error.throttled_by_external_service", "throttled"],
])("The page says of %s: %s", (code, effect) => {
  const row = page.split("\n").find((line) => line.includes(`\`${code}\``));
  expect(row?.split(" | ")[1]).toBe(effect);
});
