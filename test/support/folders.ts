import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** An empty folder. The caller removes it. */
export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "umapi-workers-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const { path, remove } = newFolder();
  onTestFinished(remove);
  return path;
}

/** A folder for the tests of one file, which is gone after them. */
export function sharedFolder() {
  const { path, remove } = newFolder();
  afterAll(remove);
  const at = (name: string) => join(path, name);
  return {
    path,
    at,
    write(name: string, content: string | Uint8Array): string {
      writeFileSync(at(name), content);
      return at(name);
    },
  };
}
