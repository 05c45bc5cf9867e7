import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { parseFaults } from "../../infra/local/adobe/fault-input.ts";
import { readFlags } from "../../infra/local/flags.ts";
import { statuses } from "../../shared/operation/status.ts";

const root = new URL("../../", import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");
const readme = text("README.md");
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text("package.json")));

test("Every npm script that the README names is there", () => {
  const named = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name]) => name ?? "");
  const own = new Set(named.filter((name) => !["ci", "and", "install"].includes(name)));
  expect([...own].filter((name) => scripts[name] === undefined)).toEqual([]);
});

test("Every page that the README links to, and every folder that it names, is there", () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path ?? "");
  const folders = [...readme.matchAll(/^ {4}([a-z]+\/(?:[a-z]+\/)?) /gm)].map(([, path]) => path ?? "");
  expect([...links, ...folders].filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test("The fault that the README has Adobe make is one that the sandbox takes", () => {
  const body = /_sandbox\/faults .* -d '(\[.*\])'/.exec(readme)?.[1] ?? "";
  expect(parseFaults(JSON.parse(body))).toMatchObject([{ on: "action", effect: { status: 429, retryAfter: 20 } }]);
});

test("The flags that the README shows are those that npm start takes, with their defaults", () => {
  const shown = /`(--port .*?)`/.exec(readme)?.[1] ?? "";
  expect(readFlags(shown.replace("oauth|jwt", "oauth").split(" "))).toEqual(readFlags([]));
});

test("The README names every status that an operation can have", () => {
  const named = /^\* `status` is (.*?)\. /m.exec(readme)?.[1] ?? "";
  expect([...named.matchAll(/`(\w+)`/g)].map(([, status]) => status)).toEqual(statuses);
});
