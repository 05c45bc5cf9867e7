import { describe, expect, test, vi } from "vitest";
import { apiProxy } from "../support/api-proxy.ts";
import { people } from "../support/commands.ts";
import { patience } from "../support/patience.ts";
import { runShell, runUmapi } from "../support/run-umapi.ts";
import { oneLine, operations, submittingStack } from "../support/submitting-stack.ts";

const { stack, apiUrl, ended, umapi, csv, commandsSent } = await submittingStack();
const { sandbox, folder } = stack;

describe("Ctrl-C", () => {
  test("while waiting says what goes on without it; the same command watches it again, and nothing is done twice", async () => {
    const file = csv("waited.csv", people("waited", 300));
    const sent = await commandsSent();
    await sandbox.fault({ on: "action", status: 429, retryAfter: 4, times: 1 });
    const program = runUmapi(["submit", file, "--wait", "--url", apiUrl], folder);
    await vi.waitUntil(() => program.stderr.includes("of 300 finished"), patience);
    program.interrupt();
    const { code, stdout, stderr } = await ended(program);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(oneLine("Stopped\\. 300 operations are submitted, and go on without this\\. Run the same"));
    // What it sees finish has run, and what had finished is repeated.
    expect(await umapi("submit", file, "--wait")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^300 operations: (300 succeeded|300 repeated|\d+ succeeded, \d+ repeated)\.\nThey were submitted before: nothing was queued now\.\n$/,
      ),
    });
    expect(await commandsSent()).toBe(sent + 300);
  });

  test("while submitting says how much is known to be; the same command goes on, and nothing is done twice", async () => {
    const file = csv("handing.csv", people("handing", 501));
    const sent = await commandsSent();
    const proxy = await apiProxy(apiUrl);
    proxy.withholdAfter(1);
    const program = runUmapi(["submit", file, "--wait", "--url", proxy.url], folder);
    await vi.waitUntil(() => proxy.requests.filter((request) => request.startsWith("POST")).length === 2, patience);
    program.interrupt();
    const { code, stderr } = await ended(program);
    expect(code).toBe(1);
    expect(stderr).toMatch(oneLine("Stopped\\. 500 of 501 operations are known to be submitted\\. The same command"));
    expect(await umapi("submit", file, "--wait")).toMatchObject({ code: 0 });
    expect(await commandsSent()).toBe(sent + 501);
  });
});

test("what is canceled meanwhile is neither a success nor a failure: it is counted apart, nothing is to be mended, exit code 1", async () => {
  const file = csv("canceled.csv", people("canceled", 5));
  expect(await umapi("pause")).toMatchObject({ code: 0 });
  const program = runUmapi(["submit", file, "--wait", "--url", apiUrl], folder);
  await vi.waitUntil(() => program.stderr.includes("waits for somebody to resume the lane"), patience);
  const { stdout } = await umapi("list", "--status", "queued", "--json");
  const [last] = operations.parse(JSON.parse(stdout));
  expect(await umapi("cancel", last?.id ?? "")).toMatchObject({ code: 0, stdout: "1 operation canceled.\n" });
  expect(await umapi("resume")).toMatchObject({ code: 0 });
  expect(await ended(program)).toMatchObject({ code: 1, stdout: "5 operations: 4 succeeded, 1 canceled.\n" });
});

test("a service lost while waiting is told in one line, with what is submitted", async () => {
  const file = csv("lost.csv", people("lost", 2));
  await sandbox.fault({ on: "action", status: 429, retryAfter: 3, times: 1 });
  const proxy = await apiProxy(apiUrl);
  const program = runUmapi(["submit", file, "--wait", "--url", proxy.url], folder);
  await vi.waitUntil(() => program.stderr.includes("of 2 finished"), patience);
  await proxy.close();
  const { code, stderr } = await ended(program);
  expect(code).toBe(1);
  expect(stderr).toMatch(oneLine("cannot be reached .*2 operations are submitted, and go on without this"));
});

test("output that goes to a full disk or to nobody is not a success for who submits", async () => {
  const file = csv("unread.csv", people("unread", 1));
  const full = await ended(runShell(`umapi submit ${file} --wait --url ${apiUrl} > /dev/full`, folder));
  expect(full.code).toBe(1);
  expect(full.stderr).toMatch(oneLine("The output cannot be written. 1 operation is submitted"));
});
