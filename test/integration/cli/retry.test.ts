import { describe, expect, test } from "vitest";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "./recording-server.ts";

const server = await recordingServer();

/** A service where one call's operations have failed with these codes, and where all that is retried is queued. */
function failedWith(...codes: readonly string[]): void {
  const operations = codes.map((code, index) => ({
    id: `call-00${index}`,
    status: "failed",
    user: `person${index}@example.com`,
    attempts: 0,
    acceptedAt: "2026-01-05T09:00:00.000Z",
    updatedAt: "2026-01-05T09:00:00.000Z",
    error: { code, message: "No", certain: true },
  }));
  server.answer(({ method, target }) => {
    const [, id = ""] = /operations\/(\S+)\/retry$/.exec(target) ?? [];
    return method === "POST" ? { status: 202, body: { id, status: "queued" } } : { status: 200, body: { operations } };
  });
}

async function retry(...args: readonly string[]) {
  const clock = new SimulatedClock();
  const { error, stdout, stderr } = await untilSettled(
    clock,
    runInProcess(["retry", ...args, "--url", server.url], { clock, fetch }),
  );
  const retried = server.requests.flatMap(({ target }) => /operations\/(\S+)\/retry$/.exec(target)?.slice(1) ?? []);
  return { isGood: error === undefined, stdout, stderr, retried };
}

describe("retry of a call", () => {
  test.each([
    [["error.country.invalid", "error.group.not_found"], ["call-001"], "1 operation is left out"],
    [
      ["error.user.lastname_missing", "error.option.illegal", "error.update.country.no_update"],
      [],
      "3 operations are left out",
    ],
    [["error.api.not_available", "adobe_failed", "error.of.tomorrow"], ["call-000", "call-001", "call-002"], ""],
  ])("retries what it may help, and says what it leaves out: %j", async (codes, expected, words) => {
    failedWith(...codes);
    const { isGood, stdout, stderr, retried } = await retry("--call", "call");
    expect(retried).toEqual(expected);
    expect(stdout).toBe(`${expected.length === 1 ? "1 operation" : `${expected.length} operations`} queued again.\n`);
    expect(stderr.startsWith(words)).toBe(true);
    expect(isGood).toBe(words === "");
  });

  test("retries what is named by its id, whatever made it fail", async () => {
    failedWith("error.country.invalid");
    expect(await retry("call-000")).toEqual({
      isGood: true,
      stdout: "1 operation queued again.\n",
      stderr: "",
      retried: ["call-000"],
    });
  });
});
