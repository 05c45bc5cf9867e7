import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "./recording-server.ts";

const server = await recordingServer();
const time = "2026-01-05T09:00:00.000Z";

/** A service in which one call's operations have ended so. */
function endedAs(...statuses: readonly string[]): void {
  const operations = statuses.map((status, index) => ({
    id: `call-00${index}`,
    status,
    user: `person${index}@example.com`,
    attempts: 0,
    acceptedAt: time,
    updatedAt: time,
    ...(status === "superseded" ? { supersededBy: "leaver-000" } : {}),
  }));
  const ended = {
    type: "urn:problem-type:umapi-workers:ended",
    status: 409,
    title: "The operation has ended",
    detail: "The operation has ended before: it is superseded.",
  };
  server.answer(({ method, target }) => {
    if (target.endsWith("/cancel")) return { status: 409, body: ended };
    if (target.endsWith("/retry")) return { status: 202, body: { id: "call-000", status: "queued" } };
    if (method === "POST")
      return { status: 202, body: { operations: operations.map(({ id }) => ({ id, status: "queued" })) } };
    return { status: 200, body: target.includes("?") ? { operations } : operations[0] };
  });
}

async function umapi(command: string, ...args: readonly string[]) {
  const clock = new SimulatedClock();
  const commands = [{ user: "person0@example.com", do: [{ add: { group: ["Design"] } }] }];
  const stdin = Readable.from([Buffer.from(JSON.stringify(commands))]);
  const given = [command, ...args, "--url", server.url];
  return await untilSettled(clock, runInProcess(given, { clock, fetch, stdin }));
}

describe("an operation that a removal has superseded", () => {
  test.each([["submit", "-", "--wait"], ["retry", "call-000", "--wait"], ["status", "call-000"], ["list"]])(
    "makes no exit code but 0: umapi %s",
    async (command, ...args) => {
      endedAs("superseded");
      const { error, stdout } = await umapi(command, ...args);
      expect(error).toBeUndefined();
      expect(stdout).toMatch(/removed (this person )?first/);
    },
  );

  test.each(["failed", "canceled", "of-a-newer-service"])("does not hide one that is %s", async (status) => {
    endedAs("superseded", status);
    expect(await umapi("retry", "call-000", "call-001", "--wait")).toMatchObject({ error: { name: "Unsuccessful" } });
  });

  test("is not canceled, and that is said", async () => {
    endedAs("superseded");
    const { error, stderr } = await umapi("cancel", "call-000");
    expect(error).toMatchObject({ name: "Unsuccessful" });
    expect(stderr).toMatch(/^"call-000" is not canceled: .* it is superseded\.\n/);
  });
});
