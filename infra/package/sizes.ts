import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { BuiltPackage } from "./build-package.ts";

/** The size of a file, or of all files in a folder, in bytes. @param ending of the names that count. @default - all */
export function sizeBytes(path: string, ending = ""): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .reduce((total, { parentPath, name }) => total + statSync(join(parentPath, name)).size, 0);
}

/** Never less than it is; small sizes to a tenth. */
export function kilobytes(bytes: number): string {
  const kB = bytes < 100_000 ? Math.ceil(bytes / 100) / 10 : Math.ceil(bytes / 1000);
  return `${kB} kB`;
}

/** What the package weighs, a line for each part. */
export function sizeTable({ folder, tarball, parts }: BuiltPackage): string {
  const rows: readonly (readonly [string, number])[] = [
    ["packed", sizeBytes(tarball)],
    ["installed, one package", sizeBytes(folder)],
    ["  of it source maps", sizeBytes(folder, ".map")],
    ["  of it declarations", sizeBytes(folder, "ts")],
    ...parts.map(({ name, path }) => [name, sizeBytes(path)] as const),
    ["the client in a bundle", bundledBytes(join(folder, "lib/client.mjs"))],
  ];
  return rows.map(([name, bytes]) => `${name.padEnd(24)} ${kilobytes(bytes).padStart(9)}`).join("\n");
}

/** What a module takes in somebody's minified bundle. */
function bundledBytes(module: string): number {
  const { outputFiles } = buildSync({
    entryPoints: [module],
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  return outputFiles.reduce((total, { contents }) => total + contents.length, 0);
}
