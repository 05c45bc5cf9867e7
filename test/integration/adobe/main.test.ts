import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { credentials } from "./running-sandbox.ts";

const MAIN = fileURLToPath(new URL("../../../infra/local/adobe/main.ts", import.meta.url));

let dir: string;
const started: ChildProcessWithoutNullStreams[] = [];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "adobe-main-"));
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function start(...flags: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [MAIN, ...flags], { cwd: dir });
  started.push(child);
  return child;
}

async function ready(child: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = line.startsWith("Ready") ? (/http:\S+/.exec(line) ?? []) : [];
    if (url !== undefined) return url;
  }
  throw new Error("The sandbox ended before it was ready");
}

async function end(child: ChildProcessWithoutNullStreams) {
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, errors };
}

test("it starts with the people asked for, and one SIGINT ends it clean, hanging calls and all", async () => {
  const child = start("--port", "0", "--users", "3");
  const ended = end(child);
  const url = await ready(child);
  expect(await (await fetch(`${url}/_sandbox/users`)).json()).toHaveLength(3);
  const body = JSON.stringify([{ on: "groups", effect: "hang" }]);
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/_sandbox/faults`, { method: "POST", headers, body });
  const hanging = expect(fetch(`${url}/v2/usermanagement/groups/x/0`)).rejects.toThrow("fetch failed");
  while ((await (await fetch(`${url}/_sandbox/requests`)).text()) === "[]");
  child.kill("SIGINT");
  await hanging;
  expect(await ended).toEqual({ code: 0, signal: null, errors: "" });
});

test("two signals in a row end it clean as well", async () => {
  const child = start("--port", "0");
  const ended = end(child);
  await ready(child);
  child.kill("SIGTERM");
  child.kill("SIGINT");
  expect(await ended).toEqual({ code: 0, signal: null, errors: "" });
});

test("a flag that it does not understand is one line on stderr", async () => {
  const { code, errors } = await end(start("--colour"));
  expect(code).toBe(1);
  expect(errors.trimEnd().split("\n")).toEqual([expect.stringContaining("--colour")]);
});

test("asked for help, it prints that and starts nothing", async () => {
  const child = start("--port", "0", "--help");
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  expect(await end(child)).toEqual({ code: 0, signal: null, errors: "" });
  expect(printed).toMatch(/^Usage: npm run adobe -- [\s\S]*--order any/);
  expect(printed).not.toContain("Ready");
});

test("a taken port is one line on stderr", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { code, errors } = await end(start("--port", String(port)));
  expect([code, errors]).toEqual([1, `Port ${port} is taken by another program. Choose another with --port.\n`]);
  other.close();
});

test("a broken credentials file is one line on stderr that names it", async () => {
  const { clientSecret: _, ...rest } = credentials;
  await writeFile(join(dir, ".local", "credentials.json"), JSON.stringify(rest));
  const { code, errors } = await end(start("--port", "0"));
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(/^\.local\/credentials\.json: "clientSecret" must be .*\n$/),
  ]);
});
