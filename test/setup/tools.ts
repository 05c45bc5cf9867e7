import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../../infra/node/nodes.js";

/**
 * Brings the newest Node and npm of the given majors from the registry.
 *
 * @param folder for them; what is there already is taken
 * @returns the folders with their programs
 */
export function fetchTools(folder: string, node: number, npm: number): readonly string[] {
  const nodePackage = Object.entries(packages).find(([key]) => key === `${process.platform}-${process.arch}`)?.[1];
  return [install(folder, `${nodePackage}@${node}`), install(folder, `npm@${npm}`)];
}

function install(folder: string, spec: string): string {
  const prefix = join(folder, spec);
  mkdirSync(prefix, { recursive: true });
  const { status, stderr } = spawnSync("npm", ["install", "--prefix", prefix, "--no-save", "--silent", spec], {
    cwd: prefix,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${spec} cannot be fetched: ${stderr}`);
  return join(prefix, "node_modules", ".bin");
}
