import { describe, expect, test } from "vitest";
import { problem } from "../../../shared/api/problem.ts";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "./recording-server.ts";

const server = await recordingServer();

async function erase(...args: readonly string[]) {
  const clock = new SimulatedClock();
  const run = runInProcess(["erase", ...args, "--url", server.url], { clock, fetch });
  const { error, stdout, stderr } = await untilSettled(clock, run);
  const asked = server.requests.map(({ method, target, body }) => `${method} ${target} ${body}`);
  return { message: error instanceof Error ? error.message : "", isGood: error === undefined, stdout, stderr, asked };
}

describe("umapi erase", () => {
  test("asks until all has been looked at, and says how many operations it erased", async () => {
    const answers = [{ erased: 2, cursor: "next" }, { erased: 0, cursor: "last" }, { erased: 1 }];
    server.answer(() => ({ status: 200, body: answers.shift() }));
    expect(await erase("ada@example.com", "--yes")).toEqual({
      message: "",
      isGood: true,
      stdout: "3 operations erased.\n",
      stderr: "",
      asked: [
        'POST /v1/erasures {"user":"ada@example.com"}',
        'POST /v1/erasures {"user":"ada@example.com","cursor":"next"}',
        'POST /v1/erasures {"user":"ada@example.com","cursor":"last"}',
      ],
    });
  });

  test.each([
    [["call-000"], "1 operation on this person has not ended. Cancel it or wait"],
    [["call-000", "call-001"], "2 operations on this person have not ended. Cancel them or wait"],
  ])("names what has not ended, and how to cancel it: %j", async (unfinished, words) => {
    server.answer(() => ({ status: 409, body: problem("unfinished", "They have not ended.", { unfinished }) }));
    const { message, isGood, stdout } = await erase("ada@example.com", "--yes");
    expect({ isGood, stdout }).toEqual({ isGood: false, stdout: "" });
    expect(message).toContain(words);
    expect(message).toContain(`\n  umapi cancel ${unfinished.join(" ")}`);
  });

  test("asks nothing of the service without --yes, where nobody is there to confirm", async () => {
    server.answer(() => ({ status: 200, body: { erased: 1 } }));
    const { message, isGood, asked } = await erase("ada@example.com");
    expect({ isGood, asked }).toEqual({ isGood: false, asked: [] });
    expect(message).toContain("add --yes");
  });

  test("is not content where nobody can tell whom an operation names", async () => {
    server.answer(() => ({ status: 200, body: { erased: 1, unreadable: ["call-007"] } }));
    const { isGood, stdout, stderr } = await erase("ada@example.com", "--yes", "--json");
    expect(isGood).toBe(false);
    expect(JSON.parse(stdout)).toEqual({ erased: 1, unreadable: ["call-007"] });
    expect(stderr).toContain("call-007");
  });
});
