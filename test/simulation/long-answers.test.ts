import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { credentials } from "./credentials.ts";
import { LogWatch } from "./log-watch.ts";
import { accepted, allOperations, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { silent } from "./trace.ts";

let world: SimulatedWorld;
let log: LogWatch;

beforeEach(async () => {
  // Powertools writes to the console that a test can listen to.
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
  log = new LogWatch(credentials, silent);
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => {
  world.stop();
  log.stop();
  vi.unstubAllEnvs();
});

const hour = 60 * 60;
const user = "ada@example.com";
const long = (text: string, bytes = 450_000) => text.repeat(bytes / Buffer.byteLength(text));

describe("Text of Adobe's of any length is cut before it is stored, so that its operation ends", () => {
  test.each([
    ["of letters", long("x"), "x".repeat(2000)],
    ["of characters that are two units each", long("🎈"), "🎈".repeat(2000)],
    ["of as many, behind one that is one unit", `x${long("🎈")}`, `x${"🎈".repeat(1999)}`],
    ["of exactly 2,000", "é".repeat(2000), "é".repeat(2000)],
    ["with half a surrogate pair", "No \ud83c", "No \ufffd"],
  ])("a message %s", async (_, message, kept) => {
    const error = { on: "action", command: { user }, errorCode: "error.country.invalid", message };
    await world.sandbox("faults", [error]);
    const [id = ""] = await accepted(world, create(user));
    await world.drain(hour);
    expect((await operation(world, id)).error?.message).toBe(kept);
    expect((await allOperations(world)).map((each) => each.error?.message)).toEqual([kept]);
  });

  test.each([
    ["of a command", { command: { user }, errorCode: long("c"), message: "" }],
    ["of a whole request", { status: 400, body: { result: long("c"), message: long("m") } }],
    ["of a gateway", { status: 400, body: { error_code: long("c"), message: long("m") } }],
  ])("a code %s", async (_, fault) => {
    await world.sandbox("faults", [{ on: "action", ...fault }]);
    const [id = ""] = await accepted(world, create(user));
    await world.drain(hour);
    expect((await operation(world, id)).error?.code).toBe("c".repeat(200));
    expect(log.lines).toBeGreaterThan(0);
    expect(log.longestLine).toBeLessThan(2000);
  });

  test("a refusal of the credentials", async () => {
    await world.sandbox("faults", [
      { on: "token", status: 400, body: { error: long("e"), error_description: long("d") } },
    ]);
    const [id = ""] = await accepted(world, create(user));
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(log.lines).toBeGreaterThan(0);
    expect(log.longestLine).toBeLessThan(2000);
  });
});
