import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ChildProgram } from "../../support/child-program.ts";
import { newFolder } from "../../support/folders.ts";
import { repository } from "../../support/local-start.ts";

const work = newFolder();
afterAll(work.remove);

/** A registry where somebody has taken the name. */
let asked: string[] = [];
const registry = createServer(({ url = "" }, response) => {
  asked.push(url);
  const dist = { tarball: `http://${registryHost()}/umapi/-/umapi-9.9.9.tgz`, shasum: "0".repeat(40) };
  const version = { name: "umapi", version: "9.9.9", bin: { umapi: "x.js" }, dist };
  response.writeHead(url === "/umapi" ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify({ name: "umapi", "dist-tags": { latest: "9.9.9" }, versions: { "9.9.9": version } }));
});
function registryHost(): string {
  const address = registry.address();
  return typeof address === "object" && address !== null ? `127.0.0.1:${address.port}` : "";
}
beforeAll(() => new Promise<void>((listening) => registry.listen(0, "127.0.0.1", listening)));
afterAll(() => new Promise((closed) => registry.close(closed)));
beforeEach(() => {
  asked = [];
});

/** Runs npx where umapi is not installed, for somebody with npm's own defaults. */
async function npx(name: string, args: readonly string[], withSettings: boolean): Promise<ChildProgram> {
  const folder = join(work.path, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), "{}");
  if (withSettings) copyFileSync(join(repository, ".npmrc"), join(folder, ".npmrc"));
  const environment = {
    HOME: folder,
    npm_config_globalconfig: join(folder, "none"),
    npm_config_cache: join(folder, "cache"),
    npm_config_registry: `http://${registryHost()}/`,
  };
  const program = ChildProgram.run({ command: "npx", args, folder, environment });
  await program.exited;
  return program;
}

const tarball = "/umapi/-/umapi-9.9.9.tgz";

test("npx by itself would fetch what a stranger has put under the name", async () => {
  await npx("defaults", ["umapi", "help"], false);
  expect(asked).toContain(tarball);
});

test.each([
  ["npx umapi, in the project's folder before npm ci,", "project", ["umapi", "help"], true],
  ["npx --no umapi, anywhere,", "anywhere", ["--no", "umapi", "help"], false],
] as const)("%s fetches nothing and says so", async (_, name, args, withSettings) => {
  const program = await npx(name, args, withSettings);
  expect(await program.exited).toBe(1);
  expect(program.output).toMatch(/cancell?ed/);
  expect(asked).not.toContain(tarball);
});
