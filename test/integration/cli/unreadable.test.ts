import { expect, test } from "vitest";
import { unreadableOperation } from "../../../shared/api/problem.ts";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "./recording-server.ts";

const server = await recordingServer();
const { body = "" } = unreadableOperation();
const done = {
  id: "call-001",
  status: "succeeded",
  user: "ada@example.com",
  attempts: 0,
  acceptedAt: "2026-01-05T09:00:00.000Z",
  updatedAt: "2026-01-05T09:00:00.000Z",
};

test("`list` says once which operations it leaves out", async () => {
  server.answer(({ target }) => {
    const rest = target.includes("cursor=") ? {} : { cursor: "next" };
    return { status: 200, body: { operations: [done], unreadable: ["call-000"], ...rest } };
  });
  const clock = new SimulatedClock();
  const ran = await untilSettled(clock, runInProcess(["list", "--url", server.url], { clock, fetch }));
  expect(ran.stderr.match(/The service cannot read call-000: another version of it/g)).toHaveLength(1);
});

test.each([
  ["status", ["call-000", "call-001"], 'The service cannot read "call-000": another version of it'],
  ["cancel", ["call-000"], "The operation was stored in a form that this version of the service cannot read."],
  ["retry", ["call-000"], "The operation was stored in a form that this version of the service cannot read."],
])("`%s` says of an operation that cannot be read why, and asks once", async (command, ids, words) => {
  server.answer(({ target }) =>
    target.includes("call-000") ? { status: 500, body: JSON.parse(body) } : { status: 200, body: done },
  );
  const clock = new SimulatedClock();
  const ran = await untilSettled(clock, runInProcess([command, ...ids, "--url", server.url], { clock, fetch }));
  expect(`${ran.stderr}${ran.error}`).toContain(words);
  expect(server.requests.filter(({ target }) => target.includes("call-000"))).toHaveLength(1);
  expect(ran.stdout.includes("ada@example.com")).toBe(command === "status");
});
