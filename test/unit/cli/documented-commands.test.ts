import { readdirSync, readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { umapi } from "../../../cli/program.ts";
import { systemClock } from "../../../shared/time/system-clock.ts";

const root = new URL("../../../", import.meta.url);
const pages = [
  "README.md",
  "infra/package/readme.md",
  ...readdirSync(new URL("docs", root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const program = umapi({
  environment: {},
  clock: systemClock,
  random: Math.random,
  newId: () => "id",
  fetch: () => Promise.reject(new Error("nothing is to be sent")),
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  ifStopped: () => undefined,
});

const documented = pages.flatMap((page) =>
  [...readFileSync(new URL(page, root), "utf8").matchAll(/npx (?:--no )?umapi ([a-z-]+)([^\n`#]*)/g)].map(
    ([, name = "", rest = ""]) => ({ page, name, options: rest.match(/--[a-z-]+/g) ?? [] }),
  ),
);

test("Every command that the pages show is one of umapi's, with options that it has", () => {
  expect(documented.length).toBeGreaterThan(5);
  for (const { page, name, options } of documented) {
    const command = program.commands.find((each) => each.name() === name);
    if (name === "help") continue;
    expect(command, `${name} in ${page}`).toBeDefined();
    const known = command?.options.map(({ long }) => long);
    expect(known, `${name} in ${page}`).toEqual(expect.arrayContaining(options));
  }
});

test("Outside the project's folder, whose settings forbid it, no command that is shown may fetch a package", () => {
  const commands = readFileSync(new URL("infra/package/readme.md", root), "utf8").match(/^ {4}npx \S+ \S+/gm);
  expect(commands?.length).toBeGreaterThan(0);
  for (const command of commands ?? []) expect(command.trim()).toBe("npx --no umapi");
});
