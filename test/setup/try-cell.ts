import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import type { Cell } from "./cells.ts";
import { Machine } from "./machine.ts";
import { fetchTools } from "./tools.ts";
import { byCtrlCTwice, bySignal, tryStart } from "./try-start.ts";

/** What is tried, in this order. `npm ci` shows how many lines it prints. */
export const steps = [
  "ci lines",
  "start",
  "^C^C",
  "npx umapi",
  "types",
  "lint",
  "test",
  "synth",
  "docs",
  "simulate",
  "umapi",
  "installed",
] as const;
export type Step = (typeof steps)[number];

/** What came of a step: a word or two for the table, and what was wrong if something was. */
export interface Finding {
  readonly shown: string;
  readonly trouble?: string;
}

const scripts: readonly (readonly [Step, readonly string[]])[] = [
  ["types", ["run", "types"]],
  ["lint", ["run", "lint"]],
  ["test", ["test", "--", "test/unit/readme.test.ts"]],
  ["synth", ["run", "synth"]],
  ["docs", ["run", "docs"]],
  ["simulate", ["run", "simulate", "--", "--seeds", "1"]],
  ["umapi", ["run", "umapi", "--", "help"]],
];

/** Sets the project up from a fresh clone, and tries what the README says. @param work a folder that all cells share */
export async function tryCell(
  cell: Cell,
  work: string,
  onFinding: (step: Step, finding: Finding) => void,
): Promise<void> {
  const home = join(work, `${cell.node}-${cell.npm}-${cell.user ?? "own"}`);
  const folder = join(home, cell.folder);
  mkdirSync(home);
  spawnSync("git", ["clone", "--quiet", projectRoot, folder]);
  const machine = new Machine(home, fetchTools(join(work, "tools"), cell.node, cell.npm), cell);
  const npm = (...args: readonly string[]) => machine.run("npm", args, { folder });
  const found = (step: Step, trouble: string | undefined, shown = "ok") =>
    onFinding(step, trouble === undefined ? { shown } : { shown: "FAILED", trouble });

  const ci = await npm("ci");
  const status = await machine.run("git", ["status", "--porcelain"], { folder });
  const lines = ci.output.split("\n").filter((line) => line.trim() !== "").length;
  found("ci lines", ci.code === 0 && status.output === "" ? undefined : ci.output + status.output, `${lines}`);

  found("start", await tryStart(machine, folder, bySignal));
  found("^C^C", await tryStart(machine, folder, byCtrlCTwice));

  const help = await machine.run("npx", ["umapi", "help"], { folder });
  found("npx umapi", help.code === 0 && help.output.includes("Usage: umapi") ? undefined : help.output);

  // They differ by the Node that the project brings, and little by the one that npm runs on.
  for (const [step, args] of cell.isThorough ? scripts : []) {
    const { code, output } = await npm(...args);
    found(step, code === 0 ? undefined : output);
  }
  await tryInstalled(machine, cell, folder, found);
}

/** The package, as somebody else's project gets it. */
async function tryInstalled(
  machine: Machine,
  { node }: Cell,
  folder: string,
  found: (step: Step, trouble: string | undefined, shown: string) => void,
): Promise<void> {
  const elsewhere = join(folder, "..", "somebody else's");
  mkdirSync(elsewhere);
  machine.ownAll();
  const packaged = await machine.run("npm", ["run", "package"], { folder });
  if (packaged.code !== 0) return found("installed", packaged.output, "");
  const file = readdirSync(join(folder, "dist")).find((name) => name.endsWith(".tgz")) ?? "no package";
  const { code, output } = await machine.run("npm", ["install", join(folder, "dist", file)], { folder: elsewhere });
  const programs = code === 0 ? readdirSync(join(elsewhere, "node_modules", ".bin")) : [];
  const umapi = await machine.run("npx", ["--no", "umapi", "help"], { folder: elsewhere });
  const said = node >= 20 ? /^Usage: umapi / : /^umapi: This is Node 18\..* needs 20 or newer/;
  const isRight = programs.join() === "umapi" && said.test(umapi.output) && (umapi.code === 0) === node >= 20;
  found("installed", isRight ? undefined : `${output}${programs}\n${umapi.output}`, node >= 20 ? "ok" : "says 20");
}
