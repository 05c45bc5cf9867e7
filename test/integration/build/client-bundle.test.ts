import { build } from "esbuild";
import { expect, test } from "vitest";

const maxBytes = 40_000;
/** What every Lambda with Node.js has, and nothing of a terminal, of files or of processes. */
const allowed = ["node:timers/promises"];

test("The client in one file is small, and asks for nothing that a Lambda has not", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ["client/main.ts"],
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
  });
  const [file] = outputFiles;
  expect(file?.contents.byteLength).toBeLessThan(maxBytes);
  const asked = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(asked.filter((path) => !allowed.includes(path))).toEqual([]);
  const taken = Object.keys(metafile.inputs).filter((path) => /^(cli|infra|functions)\//.test(path));
  expect(taken).toEqual([]);
});
