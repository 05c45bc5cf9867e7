import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseFaults } from "../../infra/local/adobe/fault-input.ts";
import { readAdobeFlags } from "../../infra/local/adobe/flags.ts";

const page = readFileSync(new URL("../../docs/sandbox.md", import.meta.url), "utf8");

test("The flags that the sandbox's page shows are those that it takes, with their defaults, and each is explained", () => {
  const shown = /^npm run adobe -- (.*)$/m.exec(page)?.[1] ?? "";
  expect(readAdobeFlags(shown.split(" "))).toEqual(readAdobeFlags([]));
  const rows = [...page.matchAll(/^\| (`--.*?) \|/gm)].flatMap(([, cell = ""]) => cell.replaceAll("`", "").split(", "));
  expect(rows).toEqual(shown.split(" ").filter((word) => word.startsWith("--")));
});

test("The faults that the sandbox's page shows are ones that it takes", () => {
  const shown = /```json\n(.*?)```/s.exec(page)?.[1] ?? "";
  expect(parseFaults(JSON.parse(shown)).map(({ on, times, after }) => [on, times, after])).toEqual([
    ["users", 1, 2],
    ["action", 3, 0],
    ["action", 1, 0],
    ["token", 1, 0],
    ["record", 1, 0],
    ["action", 1, 0],
  ]);
});
