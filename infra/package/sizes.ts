import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The size of a file, or of all files in a folder, in bytes. */
export function sizeBytes(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, { parentPath, name }) => total + statSync(join(parentPath, name)).size, 0);
}

export function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000)} kB`;
}
