import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../bundle/bundle-worker.ts";

/**
 * Looks at the package as those who install it will: publint at its files, arethetypeswrong at its types by each way to
 * resolve them. Neither asks a registry.
 *
 * @param folder the package
 * @param tarball the same, packed
 * @returns what each of them found, none if there is nothing
 */
export function faultsOf(folder: string, tarball: string): string[] {
  return [
    ...faultsSaidBy("publint/src/cli.js", ["run", folder, "--strict", "--pack", "false"]),
    ...faultsSaidBy("@arethetypeswrong/cli/dist/index.js", [tarball, "--no-definitely-typed", "--format", "ascii"]),
  ];
}

function faultsSaidBy(program: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(projectRoot, "node_modules", program), ...args],
    {
      encoding: "utf8",
    },
  );
  return status === 0 ? [] : [`${stdout}${stderr}`];
}
