import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, addTo, create, operation, sandboxUsers, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { asNewer, rewriteItem } from "./stored-rows.ts";

type Item = Readonly<Record<string, unknown>>;

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 12, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => {
  world.stop();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const laneKey = "lane#default#action";
const laneSchema = z.looseObject({ lane: z.object({ S: z.string() }), revision: z.object({ N: z.string() }) });
/** The lane's text, rewritten. */
const text = (rewrite: (lane: string) => string) => (item: Item) => {
  const { lane, ...others } = laneSchema.parse(item);
  return { ...others, lane: { S: rewrite(lane.S) } };
};
const has = (fields: Item) => (item: Item) => ({ ...item, ...fields });
const without =
  (name: string) =>
  ({ [name]: _, ...others }: Item) =>
    others;

const joiners = users(15);
const succeeded = async (ids: readonly string[]) => {
  for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
};

describe("A lane that is damaged waits as if Adobe had throttled, as long as Adobe can, and goes on by itself", () => {
  test.each<[string, (item: Item) => Item]>([
    ["that is not JSON", text((lane) => lane.slice(0, -20))],
    ["without its slots", text((lane) => lane.replace('"slots"', '"places"'))],
    [
      "blocked for a reason that is unknown",
      text((lane) => lane.replace("{", '{"block":{"until":9e15,"reason":"strike"},')),
    ],
    ["with a version that is not a number", text((lane) => lane.replace('"v":1', '"v":"one"'))],
    ["without its text", without("lane")],
    ["without its revision", without("revision")],
    ["with a revision that is not a number", has({ revision: { S: "7" } })],
  ])("%s", async (_, damage) => {
    await accepted(world, create("first@example.com"));
    await world.clock.advance(minuteMs);
    const sent = await actionRequests(world);
    await rewriteItem(world, laneKey, damage);
    const ids = await accepted(world, [...joiners.map(create), ...joiners.map((user) => addTo(user, "TestGroup1"))]);
    await world.clock.advance(2 * hourMs - 2 * minuteMs);
    expect(await actionRequests(world)).toEqual(sent);
    expect(await world.api.lane()).toMatchObject({ status: 200, body: { block: { reason: "throttled" } } });
    expect(await operation(world, ids[0] ?? "")).toMatchObject({ status: "queued", waiting: { reason: "throttled" } });
    await world.drain(hourMs / 1000);
    await succeeded(ids);
    expect(await sandboxUsers(world)).toHaveLength(1 + joiners.length);
  });
});

describe("A lane of a newer version stops an older one, which loses nothing of it", () => {
  const newer = text(asNewer);

  test("until a version is back that can read it", async () => {
    await accepted(world, create("first@example.com"));
    await world.clock.advance(minuteMs);
    const sent = await actionRequests(world);
    const before = await rewriteItem(world, laneKey, newer);
    const ids = await accepted(world, joiners.map(create));
    await world.clock.advance(5 * hourMs);
    expect(await actionRequests(world)).toEqual(sent);
    const listed = await world.api.get("/v1/operations?status=queued");
    expect(listed).toMatchObject({ status: 200, body: { operations: joiners.map(() => ({ status: "queued" })) } });

    const kept = await rewriteItem(world, laneKey, ({ revision }) => ({ ...before, revision }));
    expect(laneSchema.parse(kept).lane).toEqual(laneSchema.parse(newer(before)).lane);
    await world.drain(hourMs / 1000);
    await succeeded(ids);
  });

  test("and to pause, to resume and to cancel are possible meanwhile", async () => {
    const [kept = "", canceled = ""] = await accepted(world, [
      { ...create("first@example.com"), notBefore: new Date(world.clock.now() + minuteMs).toISOString() },
      create("second@example.com"),
    ]);
    await world.clock.advance(10_000);
    const before = await rewriteItem(world, laneKey, newer);
    const [id = ""] = await accepted(world, create("third@example.com"));
    await world.clock.advance(2 * minuteMs);
    for (const action of ["pause", "resume"])
      expect(await world.api.operate(`lane/${action}`)).toMatchObject({ status: 200 });
    // Whatever was in flight when the lane became unreadable, nobody knows.
    expect(await world.api.operate(`operations/${id}/cancel`)).toMatchObject({ status: 200, body: { certain: false } });
    expect(await operation(world, kept)).toMatchObject({ status: "queued" });
    await rewriteItem(world, laneKey, ({ revision }) => ({ ...before, revision }));
    await world.drain(hourMs / 1000);
    await succeeded([kept, canceled]);
    expect((await sandboxUsers(world)).map(({ email }) => email)).not.toContain("third@example.com");
  });
});

describe("A mark that cannot be read says that the room may hold operations", () => {
  test.each<[string, (item: Item) => Item]>([
    ["of which only the key is left", () => ({})],
    ["with a revision that is not a number", has({ revision: { S: "two" } })],
    ["without its revision", without("revision")],
    ["with crowds that are neither there nor not", has({ areCrowdsIn: { S: "some" } })],
  ])("%s", async (_, damage) => {
    const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };
    await world.sandbox("faults", [{ on: "action", command: { user: "ada@example.com" }, ...tooBusy, times: 3 }]);
    const first = await accepted(world, create("ada@example.com"));
    await world.clock.advance(5000);
    expect(await operation(world, first[0] ?? "")).toMatchObject({ waiting: { reason: "held" } });
    await rewriteItem(world, "room#default", damage);
    const behind = await accepted(world, addTo("ada@example.com", "TestGroup1"));
    const others = await accepted(world, joiners.map(create));
    await world.clock.advance(10_000);
    expect(await operation(world, behind[0] ?? "")).toMatchObject({ waiting: { reason: "behind", behind: first[0] } });
    // It ends only once the mark is cleared: it was mended.
    await world.drain((2 * hourMs) / 1000);
    await succeeded([...first, ...behind, ...others]);
  });
});

describe("A pause that cannot be read is one, until somebody resumes", () => {
  test.each<[string, (item: Item) => Item]>([
    ["of which only the key is left", () => ({})],
    ["since a time that is not a number", has({ since: { S: "noon" } })],
    ["by somebody who is not named by a text", has({ by: { M: {} } })],
  ])("%s", async (_, damage) => {
    await world.api.operate("lane/pause");
    await rewriteItem(world, "pause#default", damage);
    const ids = await accepted(world, joiners.map(create));
    await world.clock.advance(3 * hourMs);
    expect(await actionRequests(world)).toEqual([]);
    expect(await world.api.operate("lane/pause")).toMatchObject({ status: 200, body: { paused: {} } });
    expect(await operation(world, ids[0] ?? "")).toMatchObject({ waiting: { reason: "paused" } });
    const { body } = await world.api.operate("lane/resume");
    expect(body).not.toHaveProperty("paused");
    await world.drain(hourMs / 1000);
    await succeeded(ids);
  });
});

test.each<[string, (item: Item) => Item]>([
  ["of which only the key is left", () => ({})],
  ["without their handles", without("handles")],
  ["with handles that are not texts", has({ handles: { L: [{ N: "1" }] } })],
])("Hidden messages %s come back by themselves, within half an hour after the pause", async (_, damage) => {
  await world.api.operate("lane/pause");
  const ids = await accepted(world, joiners.map(create));
  await world.clock.advance(minuteMs);
  await rewriteItem(world, "hidden#default", damage);
  expect(await world.api.operate("lane/resume")).toMatchObject({ status: 200 });
  await world.clock.advance(32 * minuteMs);
  await succeeded(ids);
});

test("A lane and a mark that cannot be read are told of as errors, by their keys", async () => {
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "ERROR");
  // Powertools writes to the console that a test can listen to.
  vi.stubEnv("POWERTOOLS_DEV", "true");
  const told: unknown[] = [];
  vi.spyOn(console, "error").mockImplementation((line: unknown) => void told.push(JSON.parse(String(line))));
  world.stop();
  world = await SimulatedWorld.create({ seed: 13, credentials, rate: { requests: 10, seconds: 60 } });
  const notBefore = new Date(world.clock.now() + 12 * hourMs).toISOString();
  await accepted(world, [create("first@example.com"), { ...create("later@example.com"), notBefore }]);
  await world.clock.advance(10_000);
  await rewriteItem(world, laneKey, without("lane"));
  await rewriteItem(world, "room#default", () => ({}));
  await accepted(world, create("second@example.com"));
  await world.clock.advance(hourMs);
  const tell = (item: string) => expect.objectContaining({ level: "ERROR", message: "unreadable item", item });
  expect(told).toEqual([tell(laneKey), tell("room#default")]);
});
