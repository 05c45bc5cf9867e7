import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadOrCreateCredentials } from "../../../infra/local/adobe/credentials.ts";
import { credentials } from "./running-sandbox.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "adobe-credentials-"));
});
afterEach(() => rm(dir, { recursive: true }));

test("credentials are made once, readable by their owner alone, and kept", async () => {
  const local = join(dir, ".local");
  const made = await loadOrCreateCredentials(local);
  const file = join(local, "credentials.json");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    orgId: expect.stringMatching(/^[0-9A-F]{24}@AdobeOrg$/),
    clientId: expect.stringMatching(/^[0-9a-f]{32}$/),
    clientSecret: expect.any(String),
    technicalAccountId: expect.stringMatching(/@techacct\.adobe\.com$/),
    privateKey: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/),
  });
  expect(await loadOrCreateCredentials(local)).toEqual(made);
});

test("two who start at once have the same", async () => {
  const [one, other] = await Promise.all([loadOrCreateCredentials(dir), loadOrCreateCredentials(dir)]);
  expect(one).toEqual(other);
  expect(await readdir(dir)).toEqual([".gitignore", "credentials.json"]);
});

test.each([
  ["{", "credentials.json is not JSON"],
  ["[]", "credentials.json must hold a JSON object"],
  [{ clientId: undefined }, '"clientId" must be a non-empty string'],
  [{ clientSecret: "" }, '"clientSecret" must be a non-empty string'],
  [{ orgId: "A495E53" }, '"orgId" must end with @AdobeOrg'],
  [{ privateKey: "nonsense" }, '"privateKey" must be a private key in PEM'],
])("a broken file is an error that names it and the field: %o", async (content, message) => {
  const text = typeof content === "string" ? content : JSON.stringify({ ...credentials, ...content });
  await writeFile(join(dir, "credentials.json"), text);
  await expect(loadOrCreateCredentials(dir)).rejects.toThrow(message);
  await expect(loadOrCreateCredentials(dir)).rejects.toThrow(dir);
});
