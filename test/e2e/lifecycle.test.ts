import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../infra/local/host/listen.ts";
import { ChildProgram } from "../support/child-program.ts";
import { createPerson, people } from "../support/commands.ts";
import { newFolder } from "../support/folders.ts";
import { connectTo, type LocalStack } from "../support/local-stack.ts";
import { main, runMain, runNpmStart } from "../support/local-start.ts";

const starting = "Starting the stack and a sandbox of Adobe on this machine. This takes a few seconds.";

describe("a start", () => {
  test("says what is lost and stops clean with work left, and comes again on the same ports", async () => {
    const folder = temporaryFolder();
    const first = await ready(runMain(["--rate", "1/60"], folder));
    const credentials = readFileSync(join(folder, ".local", "credentials.json"), "utf8");
    expect(statSync(join(folder, ".local", "credentials.json")).mode & 0o777).toBe(0o600);
    await leaveWork(first);
    first.program.signal("SIGINT");
    await expectCleanEnd(first, folder);

    const { api, adobe, aws } = first.ports;
    const samePorts = ["--port", `${api}`, "--adobe-port", `${adobe}`, "--aws-port", `${aws}`, "--rate", "1/60"];
    const second = await ready(runMain(samePorts, folder));
    expect(second.ports).toEqual(first.ports);
    await leaveWork(second);
    second.program.signal("SIGINT");
    second.program.signal("SIGINT");
    await expectCleanEnd(second, folder);

    const third = await ready(runMain(samePorts, folder));
    await leaveWork(third);
    third.program.signal("SIGTERM");
    await expectCleanEnd(third, folder);
    expect(readFileSync(join(folder, ".local", "credentials.json"), "utf8")).toBe(credentials);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("is given up at %s before it is ready, and says so", async (signal) => {
    const folder = temporaryFolder();
    const program = ended(runMain([], folder));
    await expect.poll(() => readdirSync(folder)).toContain(".local");
    program.signal(signal);
    program.signal(signal);
    expect(await program.exited).toBe(0);
    expect(program.output).toBe(`${starting}\nStopped while starting. Nothing was queued.\n`);
    expect(readdirSync(folder)).toEqual([".local"]);
  });

  test("says at once that it starts, and can be given up from then on", async () => {
    const folder = temporaryFolder();
    const program = ended(runMain([], folder));
    expect(await program.line(/./)).toBe(starting);
    program.signal("SIGINT");
    expect(await program.exited).toBe(0);
    expect(program.output).toBe(`${starting}\nStopped while starting. Nothing was queued.\n`);
  });

  test("ends clean where the reader of its output has gone", async () => {
    const folder = temporaryFolder();
    const script = 'set -o pipefail; "$NODE" "$MAIN" --port 0 --adobe-port 0 --aws-port 0 | head -n 1';
    const environment = { NODE: process.execPath, MAIN: main, TMPDIR: folder };
    const program = ended(ChildProgram.run({ command: "bash", args: ["-c", script], folder, environment }));
    expect(await program.exited).toBe(0);
    expect(program.output).toBe(`${starting}\n`);
  });

  test("by npm takes the command that it shows, and stops at Ctrl+C", async () => {
    const stack = await ready(runNpmStart(["--rate", "100/6"]));
    expect(stack.program.stdout).toContain("\nAuthorizers and stage throttling are not enforced on this machine.\n");
    const command = await stack.program.line(/^curl /);
    const { stdout } = await promisify(execFile)("sh", ["-c", `${command} -sS -w '\n%{http_code}'`]);
    const [body = "", status] = stdout.split("\n");
    expect(status).toBe("202");
    expect(JSON.parse(body)).toEqual({ operations: [{ id: expect.any(String), status: "queued" }] });
    const { operations } = await stack.api.page("?user=jane.doe@example.com");
    const [finished] = await stack.api.finished(operations.map(({ id }) => id));
    expect(body).toContain(`"${finished?.id}"`);
    expect(finished).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await stack.program.line(/^action request/)).toBe("action request: 1 command, 200");
    expect(await stack.program.line(/^operation /)).toBe(`operation ${finished?.id} succeeded`);

    stack.program.interrupt();
    stack.program.interrupt();
    expect(await stack.program.exited).toBe(0);
    expect(stack.program.stdout).toMatch(/\nStopped\. No operation was left unfinished\.\n$/);
    await expectNothingLeft(stack);
  });
});

describe("a start fails in one line", () => {
  test.each(["--port", "--adobe-port", "--aws-port"])("where %s is taken", async (flag) => {
    const port = await takePort();
    const program = ended(runMain([flag, String(port)], temporaryFolder()));
    expect(await program.exited).toBe(1);
    expect(program.output).toBe(`Port ${port} is taken by another program. Choose another with ${flag}.\n`);
  });

  test.each([
    ["--auth", "basic"],
    ["--rate", "10"],
    ["--port", "70000"],
    ["--prot", "3000"],
  ])("where a flag is wrong: %s %s", async (flag, value) => {
    const program = ended(runMain([flag, value], temporaryFolder()));
    expect(await program.exited).toBe(1);
    expect(program.stdout).toBe("");
    expect(program.stderr).toMatch(/^[^\n]+\n$/);
    expect(program.stderr).toContain(flag);
  });

  test.each([
    ["is not JSON", '{"orgId": "p8e-secret'],
    ["lacks a field", '{"orgId": "1@AdobeOrg", "clientId": "1", "clientSecret": "p8e-secret"}'],
  ])("where .local/credentials.json %s, and shows nothing of it", async (_, content) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, ".local"));
    writeFileSync(join(folder, ".local", "credentials.json"), content);
    const program = ended(runMain([], folder));
    expect(await program.exited).toBe(1);
    expect(program.stdout).toBe(`${starting}\n`);
    expect(program.stderr).toMatch(/^\.local\/credentials\.json[^\n]+\n$/);
    expect(program.stderr).not.toContain("p8e-secret");
    expect(readFileSync(join(folder, ".local", "credentials.json"), "utf8")).toBe(content);
  });
});

/** Three times the budget of a minute, so that some is in the queue and some waits for a slot. */
async function leaveWork({ api }: LocalStack): Promise<void> {
  const ids = await api.handIn(people("unfinished", 30).map((user) => createPerson(user)));
  const finished = await api.finished(ids.slice(0, 10));
  expect(new Set(finished.map(({ status }) => status))).toEqual(new Set(["succeeded"]));
}

async function expectCleanEnd(stack: LocalStack, folder: string): Promise<void> {
  expect(await stack.program.exited).toBe(0);
  const lost = "Stopped. 20 operations were not finished, and are gone: the local queue is in memory.";
  expect(stack.program.stdout.trimEnd().split("\n").at(-1)).toBe(lost);
  expect(stack.program.stderr).toBe("");
  await expectNothingLeft(stack);
  expect(readdirSync(folder)).toEqual([".local"]);
  expect(readdirSync(join(folder, ".local"))).toEqual([".gitignore", "credentials.json", "webhooks.json"]);
}

/** No process, and no listener. */
async function expectNothingLeft({ program, ports }: LocalStack): Promise<void> {
  expect(program.processes).toEqual([]);
  for (const port of Object.values(ports)) expect(await isRefused(port)).toBe(true);
}

function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(!socket.destroy()));
    socket.once("error", () => resolve(true));
  });
}

async function takePort(): Promise<number> {
  const server: Server = createServer();
  onTestFinished(() => void server.close());
  return await listen(server, 0);
}

function temporaryFolder(): string {
  const folder = newFolder();
  onTestFinished(folder.remove);
  return folder.path;
}

/** Sees to it that the program ends with the test. */
function ended(program: ChildProgram): ChildProgram {
  onTestFinished(async () => {
    program.end();
    await program.exited;
  });
  return program;
}

async function ready(program: ChildProgram): Promise<LocalStack> {
  const stack = await connectTo(ended(program));
  onTestFinished(() => stack.queues.close());
  return stack;
}
