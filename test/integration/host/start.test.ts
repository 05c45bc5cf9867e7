import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listen } from "../../../infra/local/host/listen.ts";

const main = fileURLToPath(new URL("../../../infra/local/main.ts", import.meta.url));

/** `npm start -- <args>`, in a process of its own. */
function npmStart(args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on("line", (line) => lines.push(line));
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  const exited = once(child, "close").then(([code]) => code);
  onTestFinished(() => endOf(child));
  const line = (pattern: RegExp) =>
    vi.waitUntil(() => lines.find((candidate) => pattern.test(candidate)), { timeout: 25_000, interval: 20 });
  return { child, lines, errors, exited, line };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
}

const anyPorts = ["--port", "0", "--adobe-port", "0", "--aws-port", "0"];

describe("npm start", () => {
  test("takes the command that it shows, tells what becomes of it, and stops clean when asked twice", async () => {
    const { child, lines, errors, exited, line } = npmStart([...anyPorts, "--rate", "100/60"]);
    await line(/^Ready/);
    expect(lines.join("\n")).toContain("Authorizers and stage throttling are not enforced");
    const [, url = "", body = ""] = /^curl (\S+) -H '[^']+' -d '([^']+)'$/.exec(await line(/^curl /)) ?? [];
    const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    expect(answer.status).toBe(202);
    expect(await line(/^action request/)).toBe("action request: 1 command, 200");
    expect(await line(/^operation /)).toMatch(/^operation \S+ succeeded$/);

    child.kill("SIGTERM");
    child.kill("SIGINT");
    expect(await exited).toBe(0);
    expect(errors).toEqual([]);
  });

  test.each(["--port", "--adobe-port", "--aws-port"])("says so in one line where %s is taken", async (flag) => {
    const other = createServer();
    const port = await listen(other, 0);
    onTestFinished(() => void other.close());
    const { exited, errors } = npmStart([...anyPorts, flag, String(port)]);
    expect(await exited).toBe(1);
    expect(errors).toEqual([`Port ${port} is taken by another program. Choose another with ${flag}.`]);
  });

  test("says so in one line where a flag is wrong", async () => {
    const { exited, errors } = npmStart(["--auth", "basic"]);
    expect(await exited).toBe(1);
    expect(errors).toEqual(['--auth is "basic"; expected oauth or jwt']);
  });
});
