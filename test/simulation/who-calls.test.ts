import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { credentials } from "./credentials.ts";
import { LogWatch } from "./log-watch.ts";
import { accepted, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { silent } from "./trace.ts";

let world: SimulatedWorld;
let log: LogWatch;

beforeEach(async () => {
  // Powertools writes to the console that a test can listen to.
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
  log = new LogWatch(credentials, silent);
  world = await SimulatedWorld.create({ seed: 3, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => {
  world.stop();
  log.stop();
  vi.unstubAllEnvs();
});

const role = "arn:aws:sts::111122223333:assumed-role/caller0";
const key = { "idempotency-key": "joiners-2026-01-31" };

test("A call that died is continued from another session of its caller's role", async () => {
  world.api.caller = `${role}/run-1`;
  world.dynamo.refuse({ action: "PutItem", after: 2, times: 1 });
  const call = ["ada@example.com", "bob@example.com"].map(create);
  expect((await world.api.post(call, key)).status).toBe(500);
  world.api.caller = `${role}/run-2`;
  await world.clock.advance(2 * 60_000);
  const ids = await accepted(world, call, key);
  await world.drain(3600);
  for (const id of ids)
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0, submittedBy: role });
});

test("Whoever hands in, cancels or pauses stands with what was done, and in no log line", async () => {
  world.api.caller = `${role}/ada.byron@example.com`;
  const notBefore = new Date(world.clock.now() + 3_600_000).toISOString();
  const [sent = "", canceled = ""] = await accepted(world, [
    create("ada@example.com"),
    { ...create("bob@example.com"), notBefore },
  ]);
  await world.api.operate(`operations/${canceled}/cancel`);
  expect((await world.api.operate("lane/pause")).body).toMatchObject({ paused: { by: world.api.caller } });
  await world.api.operate("lane/resume");
  await world.drain(3600);
  expect(await operation(world, sent)).toMatchObject({ status: "succeeded", submittedBy: role });
  expect(await operation(world, canceled)).toMatchObject({ submittedBy: role, canceledBy: world.api.caller });
  // What nobody foresees is logged too.
  world.dynamo.refuse({ action: "PutItem", after: 0, times: 1 });
  expect((await world.api.post(create("eve@example.com"))).status).toBe(500);
  expect(log.lines).toBeGreaterThan(3);
  expect(log.violations).toEqual([]);
});
