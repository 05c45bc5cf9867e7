import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { packages } from "../../../infra/node/nodes.js";
import { ChildProgram } from "../../support/child-program.ts";
import { newFolder } from "../../support/folders.ts";
import { repository } from "../../support/local-start.ts";

const brought = Object.entries(packages).find(([key]) => key === `${process.platform}-${process.arch}`)?.[1] ?? "";

/** A project with the launcher alone. @returns its folder, in which every program is `program.js` */
function project(source = ""): string {
  const folder = newFolder();
  onTestFinished(folder.remove);
  const path = join(folder.path, "a project");
  cpSync(join(repository, "infra/node"), join(path, "infra/node"), { recursive: true });
  writeFileSync(join(path, "program.js"), source);
  return path;
}

/** Puts a Node into the project, as npm would: a shell script. */
function bring(path: string, script: string, version = "24.21.0"): void {
  const folder = join(path, "node_modules", brought);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version, bin: { node: "node" } }));
  writeFileSync(join(folder, "node"), script);
  chmodSync(join(folder, "node"), 0o755);
}

function launch(folder: string, args: readonly string[] = []): ChildProgram {
  const launcher = join(folder, "infra/node/launch.js");
  return ChildProgram.run({ command: process.execPath, args: [launcher, "program.js", ...args], folder });
}

const onThisNode = `#!/bin/sh\nexec '${process.execPath}' "$@"\n`;

describe("A program that is launched", () => {
  test("gets its arguments as they are, and its exit code is the launcher's", async () => {
    const folder = project("console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;");
    bring(folder, onThisNode);
    const args = ["a b", "", '"', "$HOME", "*", "--flag"];
    const program = launch(folder, args);
    expect(await program.exited).toBe(3);
    expect(JSON.parse(program.stdout)).toEqual(args);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "hears a %s that only the launcher was sent, however often, and ends as it wants to",
    async (signal) => {
      const folder = project(
        `process.on("${signal}", () => setTimeout(() => process.exit(0), 50)); setInterval(() => {}, 1000); console.log("ready");`,
      );
      bring(folder, onThisNode);
      const program = launch(folder);
      await program.line(/ready/);
      program.signal(signal);
      program.signal(signal);
      expect(await program.exited).toBe(0);
      expect(program.processes).toEqual([]);
    },
  );

  test("and that a signal kills takes the launcher with it", async () => {
    const folder = project('setInterval(() => {}, 1000); console.log("ready");');
    bring(folder, onThisNode);
    const program = launch(folder);
    await program.line(/ready/);
    program.signal("SIGTERM");
    expect(await program.exited).toBe(null);
    expect(program.processes).toEqual([]);
  });
});

describe("Where the project's own Node", () => {
  test("cannot be run, another C library's for example, the machine's does", async () => {
    const folder = project("console.log(process.execPath);");
    bring(folder, "#!/lib/ld-of-another-c-library\n");
    const program = launch(folder);
    expect(await program.exited).toBe(0);
    expect(program.stdout).toBe(`${process.execPath}\n`);
  });

  test("is not installed, one sentence says what to type", async () => {
    const program = launch(project());
    expect(await program.exited).toBe(1);
    expect(program.output).toBe(
      `The project's own Node is not installed (package ${brought}). Run: npm ci --include=dev --include=optional\n`,
    );
  });
});
