import { readdirSync, readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { localApiUrl } from "../../../cli/operations/local-api-url.ts";
import { followUp } from "../../../cli/output/follow-up.ts";
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
    ([, name = "", rest = ""]) => ({ page, name, rest, options: rest.match(/--[a-z-]+/g) ?? [] }),
  ),
);

test("Every command that the pages show is one of umapi's, with options that it has", () => {
  expect(documented.length).toBeGreaterThan(5);
  for (const { page, name, rest, options } of documented) {
    const first = program.commands.find((each) => each.name() === name);
    if (name === "help") continue;
    expect(first, `${name} in ${page}`).toBeDefined();
    const command = first?.commands.find((each) => each.name() === rest.trim().split(" ")[0]) ?? first;
    const known = command?.options.map(({ long }) => long);
    expect(known, `${name} in ${page}`).toEqual(expect.arrayContaining(options));
  }
});

test.each([
  "infra/package/readme.md",
  "docs/local.md",
  "docs/testing.md",
  "docs/client.md",
  "docs/upgrade.md",
  "examples/scheduled-lambda/README.md",
])(
  "%s is read outside of the project's folder, whose settings forbid it, and shows no command that may fetch umapi",
  (page) => {
    const commands = readFileSync(new URL(page, root), "utf8").match(/npx (?:--no )?umapi/g) ?? [];
    expect(commands.filter((command) => command !== "npx --no umapi")).toEqual([]);
  },
);

test("The command to type next fetches nothing, wherever it is typed", () => {
  const next = (npm_command: string) => followUp(localApiUrl, { environment: { npm_command } })("lane");
  expect(next("exec")).toBe("npx --no umapi lane");
  expect(next("run-script")).toBe("npm run umapi -- lane");
});
