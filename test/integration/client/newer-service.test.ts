/** A service that is newer than its client and command line knows statuses, reasons, kinds and fields that they do not. */
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { hasEnded, hasFailed, hasSucceeded, leaver, OperationsClient } from "../../../client/main.ts";
import type { Standing } from "../../../client/wait.ts";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "../cli/recording-server.ts";

const server = await recordingServer();
const call = "0123456789abcdef0123456789abcdef";
const idOf = (index: number) => `${call}-${String(index).padStart(3, "0")}`;
const view = (index: number, status: string, more: object = {}) => ({
  id: idOf(index),
  status,
  user: "ada@example.com",
  attempts: 0,
  acceptedAt: "2026-01-05T09:00:00.000Z",
  updatedAt: "2026-01-05T09:00:00.000Z",
  ...more,
});
const newer = { archivedBy: idOf(9), tags: [{ any: "thing" }] };
const waits = { reason: "moon-phase", until: "2026-01-05T10:00:00.000Z", phase: { of: "moon" } };
const unknown = ["archived", "expired", "constructor"];

const accepted = { operations: [0, 1, 2, 3].map((index) => ({ ...view(index, "queued"), queue: "q" })), batch: "b" };

/** Answers as a service with these operations, wherever it is asked for them. */
function serve(...operations: readonly ReturnType<typeof view>[]): void {
  server.answer(({ method, target }) => {
    if (method === "POST" && !/cancel|retry/.test(target)) return { status: 202, body: accepted };
    const one = operations.find(({ id }) => target.includes(id));
    return { status: 200, body: one ?? { operations, total: operations.length } };
  });
}

function clientOf() {
  const clock = new SimulatedClock();
  return { clock, client: new OperationsClient({ url: server.url, clock, random: () => 0.5 }) };
}

async function run(args: readonly string[], given: { readonly stdin?: Readable } = {}) {
  const clock = new SimulatedClock();
  return await untilSettled(clock, runInProcess([...args, "--url", server.url], { clock, fetch, ...given }));
}

describe.each(unknown)("an operation with the status %s, which the client does not know,", (status) => {
  test("is read by every method, with what else is new in it", async () => {
    serve(view(0, status, newer));
    const { client } = clientOf();
    expect(await client.operation(idOf(0))).toEqual(view(0, status, newer));
    expect(await client.cancel(idOf(0))).toEqual(view(0, status, newer));
    for await (const listed of client.list()) expect(listed).toEqual(view(0, status, newer));
    const one = leaver({ user: "ada@example.com" });
    expect((await client.submit([one], { name: "n" })).ids).toEqual([0, 1, 2, 3].map(idOf));
  });

  test("has ended, and is neither a success nor a failure", async () => {
    serve(view(0, "succeeded"), view(1, status, newer), view(2, "failed"));
    const { client, clock } = clientOf();
    const standings: Standing[] = [];
    const work = client.waitFor(call, { timeoutSeconds: 60, onStanding: (each) => standings.push(each) });
    const operations = await untilSettled(clock, work);
    expect(operations.map(hasEnded)).toEqual([true, true, true]);
    expect(operations.map(hasSucceeded)).toEqual([true, false, false]);
    expect(operations.map(hasFailed)).toEqual([false, false, true]);
    expect(standings).toEqual([{ total: 3, ended: 3, succeeded: 1, failed: 1 }]);
  });

  test("is shown by its name", async () => {
    serve(view(0, "succeeded"), view(1, status, newer));
    const shown = await run(["status", idOf(0), idOf(1)]);
    expect(shown.stdout).toContain(`${idOf(1)} ${status}\n`);
    expect(shown.error).toBeUndefined();
    const listed = await run(["list"]);
    expect(listed.stdout).toMatch(new RegExp(`${idOf(1)} +${status} +ada@example.com`));
  });
});

test("a file of which some ended in a way that the command line does not know is no success", async () => {
  serve(view(0, "succeeded"), view(1, "archived"), view(2, "expired"), view(3, "archived"));
  const commands = [0, 1, 2, 3].map(() => ({ user: "ada@example.com", do: [{ update: { lastname: "L" } }] }));
  const stdin = Readable.from([JSON.stringify(commands)]);
  const ran = await run(["submit", "-", "--wait"], { stdin });
  expect(ran.stdout.trim()).toBe("4 operations: 1 succeeded, 2 archived, 1 expired.");
  expect(ran.error).toMatchObject({ name: "Unsuccessful" });
});

test("a reason to wait that is not known is shown by its name", async () => {
  serve(view(0, "queued", { waiting: waits }));
  const { client } = clientOf();
  expect((await client.operation(idOf(0)))?.waiting).toEqual(waits);
  const shown = await run(["status", idOf(0)]);
  expect(shown.stdout).toMatch(/waits +for moon-phase, next try at /);
  const listed = await run(["list"]);
  expect(listed.stdout).toContain("waits for moon-phase");
});

test("a lane with reasons and fields that are not known is read and shown", async () => {
  const lane = {
    lane: "default",
    queued: 3,
    parked: { "moon-phase": 2, held: 1 },
    budget: { requests: 10, seconds: 60, used: 0, burst: 2 },
    block: { until: "2026-01-05T10:00:00.000Z", reason: "eclipse" },
    weather: { any: "thing" },
  };
  server.answer(() => ({ status: 200, body: lane }));
  const { client } = clientOf();
  expect(await client.lane()).toEqual(lane);
  const shown = await run(["lane"]);
  expect(shown.stdout).toContain("2 moon-phase, 1 held");
  expect(shown.stdout).toContain("for eclipse");
});

test.each([
  [409, "on-hold"],
  [404, "gone-fishing"],
  [422, "constructor"],
])("a refusal (%i) of a kind that is not known is told in the service's words", async (status, kind) => {
  const problem = { type: `urn:problem-type:umapi-workers:${kind}`, title: "T", status, detail: "Because.", extra: 1 };
  server.answer(() => ({ status, body: problem }));
  const { client } = clientOf();
  const error = await client.cancel(idOf(0)).catch((each) => each);
  expect(error).toMatchObject({
    code: "refused",
    kind: undefined,
    problem,
    message: expect.stringContaining("Because."),
  });
});
