import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";

const root = new URL("../../../", import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(json("package.json"));
const { app } = z.object({ app: z.string() }).parse(json("cdk.json"));
const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(json("infra/node/package.json"));

/** Every command that npm or the CDK gives to a shell. */
const commands = [...Object.values(scripts), app].flatMap((script) => script.split(" && "));

test("Every command is one that Windows' shell understands as a POSIX shell does", () => {
  for (const command of commands) expect(command).toMatch(/^[\w./@ -]+$/);
  // Where exec is not the shell's own, npm finds the project's.
  const words = ["node", "npm", ...Object.keys(bin)];
  for (const command of commands) expect(words).toContain(command.split(" ")[0]);
});

test("Every program runs on the project's Node, and is there", () => {
  const runs = commands.filter((command) => !/^(npm |node infra\/node\/forget-engines\.js$)/.test(command));
  for (const command of runs) {
    const [, file = ""] = /^(?:exec )?node infra\/node\/launch\.js (?:--[\w-]+ )*([\w./@-]+)/.exec(command) ?? [];
    expect(existsSync(new URL(file, root)) && file !== "", command).toBe(true);
  }
});

test("No shell stands between npm and a program that a person stops", () => {
  for (const name of ["start", "adobe", "umapi"]) expect(scripts[name]).toMatch(/^exec node [^&]+$/);
});
