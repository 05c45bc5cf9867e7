import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../infra/local/host/listen.ts";
import { ChildProgram } from "../support/child-program.ts";
import { createPerson } from "../support/commands.ts";
import { connectTo, runLocalStack, stop } from "../support/local-stack.ts";
import { repository, runMain } from "../support/local-start.ts";

const { ports, folder } = await runLocalStack();
const [api, adobe, aws] = [`${ports.api}`, `${ports.adobe}`, `${ports.aws}`];
const apiRuns = `Port ${api} is taken: the umapi-workers API is running there already, at http://127.0.0.1:${api}/v1/operations`;
const adobeRuns = (port: string) =>
  `Port ${port} is taken: the umapi-workers Adobe sandbox is running there already, at http://127.0.0.1:${port}`;
const awsRuns = `Port ${aws} is taken: the umapi-workers AWS endpoint is running there already, at http://127.0.0.1:${aws}`;

describe("a second start", () => {
  test.each([
    [
      "on the same ports",
      ["--port", api, "--adobe-port", adobe, "--aws-port", aws],
      [
        apiRuns,
        adobeRuns(adobe),
        awsRuns,
        "Use what is running, or start beside it: npm start -- --port 0 --adobe-port 0 --aws-port 0",
      ],
    ],
    [
      "where only the API's port is taken",
      ["--port", api],
      [apiRuns, "Use what is running, or start beside it: npm start -- --port 0"],
    ],
    [
      "on the same ports for other things",
      ["--port", aws, "--aws-port", adobe],
      [awsRuns, adobeRuns(adobe), "Use what is running, or start beside it: npm start -- --port 0 --aws-port 0"],
    ],
  ])("%s says at once what is running there, and how to reach it", async (_, flags, lines) => {
    expect(await errorsOf(runMain(flags, folder))).toEqual(lines);
  });

  test("tells our ports and those of other programs apart, whatever these answer", async () => {
    const silent = await foreign(() => undefined);
    const pretender = await foreign((respond) => respond(200, '{"server": "nginx"}'));
    expect(await errorsOf(runMain(["--port", silent, "--adobe-port", adobe, "--aws-port", pretender], folder))).toEqual(
      [
        `Port ${silent} is taken by another program. Choose another with --port.`,
        adobeRuns(adobe),
        `Port ${pretender} is taken by another program. Choose another with --aws-port.`,
        "Use what is running, or start beside it: npm start -- --port 0 --adobe-port 0 --aws-port 0",
      ],
    );
    const broken = await foreign((respond) => respond(500, "<html>"));
    const list = await foreign((respond) => respond(200, "[]"));
    expect(await errorsOf(runMain(["--port", broken, "--adobe-port", list], folder))).toEqual([
      `Port ${broken} is taken by another program. Choose another with --port.`,
      `Port ${list} is taken by another program. Choose another with --adobe-port.`,
    ]);
  });

  test("is known while it starts, too", async () => {
    const port = String(await freePort());
    const first = ended(runMain(["--port", port], folder));
    await expect.poll(() => isOurs(port)).toBe(true);
    const [line] = await errorsOf(runMain(["--port", port], folder));
    expect(line).toMatch(new RegExp(`^Port ${port} is taken: the umapi-workers API is running there already`));
    expect(first.stdout).not.toMatch(/^Ready/m);
  });

  test("on other ports starts beside, and both work", async () => {
    const beside = await connectTo(ended(runMain([], folder)));
    expect(beside.ports).not.toEqual(ports);
    const [id = ""] = await beside.api.handIn([createPerson("jane.doe@example.com")]);
    expect((await beside.api.finished([id]))[0]?.status).toBe("succeeded");
    expect(await stop(beside)).toBe(0);
    expect((await fetch(`http://127.0.0.1:${api}/v1/operations?limit=1`)).status).toBe(200);
  });
});

describe("a second sandbox", () => {
  test("says at once that one is running there, be it alone or with a stack", async () => {
    const first = runAdobe(["--port", "0"]);
    const [port = ""] = /\d+$/.exec(await first.line(/^Ready/)) ?? [];
    for (const taken of [port, adobe])
      expect(await errorsOf(runAdobe(["--port", taken]))).toEqual([
        adobeRuns(taken),
        "Use what is running, or start beside it: npm run adobe -- --port 0",
      ]);
    expect(await errorsOf(runMain(["--adobe-port", port], folder))).toEqual([
      adobeRuns(port),
      "Use what is running, or start beside it: npm start -- --adobe-port 0",
    ]);
    first.signal("SIGINT");
    expect(await first.exited).toBe(0);
    expect(first.stdout).toMatch(/^Starting a sandbox of Adobe\.\n/);
    expect(first.stdout).toMatch(/\nStopped\. The organisation was in memory, and is gone\.\n$/);
  });
});

describe("--help", () => {
  test.each([
    ["npm start", () => runMain(["--help"], folder)],
    ["npm start, beside wrong flags", () => runMain(["--prot", "x", "-h"], folder)],
    ["npm run adobe", () => runAdobe(["--help"])],
  ])("of %s shows the flags, and starts nothing", async (_, run) => {
    const program = ended(run());
    expect(await program.exited).toBe(0);
    expect(program.stdout).toMatch(/^Usage: npm .* -- \[flags\]\n.*--port \d+.*--help/s);
    expect(program.stdout).not.toContain("Starting");
    expect(program.stderr).toBe("");
  });
});

/** What a start says that fails: line by line. */
async function errorsOf(program: ChildProgram): Promise<string[]> {
  expect(await ended(program).exited).toBe(1);
  expect(program.stdout).toBe("");
  return program.stderr.trimEnd().split("\n");
}

function runAdobe(flags: readonly string[]): ChildProgram {
  const main = join(repository, "infra/local/adobe/main.ts");
  return ended(ChildProgram.run({ command: process.execPath, args: [main, ...flags], folder }));
}

/** Another program. @returns its port */
async function foreign(answer: (respond: (status: number, body: string) => void) => void): Promise<string> {
  const server = createServer((_, response) => answer((status, body) => response.writeHead(status).end(body)));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return String(await listen(server, 0));
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function isOurs(port: string): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  return (await answer?.text())?.includes("umapi-workers API") ?? false;
}

/** Sees to it that the program ends with the test. */
function ended(program: ChildProgram): ChildProgram {
  onTestFinished(async () => {
    program.end();
    await program.exited;
  });
  return program;
}
