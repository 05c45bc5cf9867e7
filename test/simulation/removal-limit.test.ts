import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, addTo, allOperations, create, operation, sandboxUsers, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const hourSeconds = 60 * 60;
const remove = (user: string) => ({ user, do: [{ removeFromOrg: {} }] });

/** So many people are in the organisation. */
async function staffed(count: number, removalLimit: string): Promise<string[]> {
  world = await SimulatedWorld.create({ seed: 9, credentials, rate: { requests: 100, seconds: 6 }, removalLimit });
  const staff = users(count, "staff");
  await accepted(world, staff.map(create));
  await world.clock.advance(2 * minuteMs);
  return staff;
}

const removals = async () => (await world.api.removals()).body;
const decide = async (what: "release" | "cancel", hash: unknown) => await world.api.decideOnRemovals(what, { hash });
const statuses = async (ids: readonly string[]) => {
  const wanted = new Set(ids);
  const all = (await allOperations(world)).filter(({ id }) => wanted.has(id));
  return all.map(({ status, waiting }) => `${status}${waiting === undefined ? "" : ` ${waiting.reason}`}`).toSorted();
};
const shown = async () => {
  const view = await removals();
  return { ...(view as { readonly held: number; readonly hash?: string }) };
};

describe("A feed that drops half of its people", () => {
  test("removes as many as the limit says; the rest waits, and what is asked of others goes on", async () => {
    const staff = await staffed(40, "5/3600");
    const ids = await accepted(world, staff.slice(0, 20).map(remove));
    await world.clock.advance(2 * minuteMs);
    expect(await sandboxUsers(world)).toHaveLength(35);
    expect(await statuses(ids)).toEqual([...Array(15).fill("queued removal-limit"), ...Array(5).fill("succeeded")]);
    expect(await removals()).toEqual({
      limit: { operations: 5, seconds: 3600 },
      counted: 5,
      held: 15,
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
      bySubmitter: { "": 15 },
    });
    const [other = ""] = await accepted(world, addTo(staff.at(-1) ?? "", "TestGroup1"));
    await world.clock.advance(minuteMs);
    expect((await operation(world, other)).status).toBe("succeeded");
  });

  test("leaves them in where the set is canceled, and later work on them goes on", async () => {
    const staff = await staffed(10, "2/3600");
    const ids = await accepted(world, staff.slice(0, 6).map(remove));
    const [later = ""] = await accepted(world, addTo(staff[5] ?? "", "TestGroup1"));
    await world.clock.advance(minuteMs);
    expect((await operation(world, later)).waiting).toMatchObject({ reason: "behind", behind: ids[5] });
    world.api.caller = "arn:aws:iam::123456789012:user/ada";
    expect(await decide("cancel", (await shown()).hash)).toEqual({ status: 200, body: { operations: 4 } });
    await world.clock.advance(minuteMs);
    expect(await statuses(ids)).toEqual([...Array(4).fill("canceled"), ...Array(2).fill("succeeded")]);
    expect(await operation(world, ids[5] ?? "")).toMatchObject({ canceledBy: world.api.caller });
    expect((await operation(world, later)).status).toBe("succeeded");
    expect(await sandboxUsers(world)).toHaveLength(8);
    expect(await shown()).toMatchObject({ held: 0 });
  });

  test("removes them where the set is released, and what came later is another set", async () => {
    const staff = await staffed(10, "2/3600");
    const ids = await accepted(world, staff.slice(0, 6).map(remove));
    const { hash } = await shown();
    const more = await accepted(world, staff.slice(6, 9).map(remove));
    await world.clock.advance(minuteMs);
    expect(await decide("release", hash)).toEqual({ status: 200, body: { operations: 4 } });
    await world.clock.advance(minuteMs);
    expect(await statuses(ids)).toEqual(Array(6).fill("succeeded"));
    expect(await statuses(more)).toEqual(Array(3).fill("queued removal-limit"));
    expect(await decide("release", hash)).toMatchObject({ status: 200, body: { operations: 4 } });
    expect(await decide("cancel", hash)).toMatchObject({ status: 409 });
    const next = await shown();
    expect(next).toMatchObject({ held: 3 });
    expect(next.hash).not.toBe(hash);
  });
});

test("A decision binds those that are still in the queue", async () => {
  const staff = await staffed(6, "1/3600");
  world.broken.add("dispatch");
  const ids = await accepted(world, staff.slice(0, 4).map(remove));
  expect(await decide("cancel", (await shown()).hash)).toMatchObject({ status: 200, body: { operations: 3 } });
  world.broken.delete("dispatch");
  await world.drain(hourSeconds);
  expect(await statuses(ids)).toEqual([...Array(3).fill("canceled"), "succeeded"]);
});

test("Test mode, a repeat of a call and what comes after the window count nothing", async () => {
  const staff = await staffed(6, "2/3600");
  await world.api.post(staff.map(remove), {}, "?testOnly=true");
  for (let times = 0; times < 3; times++)
    await accepted(world, staff.slice(0, 2).map(remove), { "idempotency-key": "the same" });
  expect(await shown()).toMatchObject({ counted: 2, held: 0 });
  await world.clock.advance(61 * minuteMs);
  await accepted(world, staff.slice(2, 4).map(remove));
  expect(await shown()).toMatchObject({ counted: 2, held: 0 });
  await world.drain(hourSeconds);
  expect(await sandboxUsers(world)).toHaveLength(2);
});

test("A removal of a day to come counts on that day, and a retry anew", async () => {
  const staff = await staffed(6, "1/3600");
  const notBefore = new Date(world.clock.now() + 10 * minuteMs).toISOString();
  const later = await accepted(
    world,
    staff.slice(0, 3).map((user) => ({ ...remove(user), notBefore })),
  );
  expect(await shown()).toMatchObject({ counted: 0, held: 0 });
  await world.clock.advance(15 * minuteMs);
  expect(await statuses(later)).toEqual([...Array(2).fill("queued removal-limit"), "succeeded"]);
  await decide("release", (await shown()).hash);
  await world.clock.advance(2 * minuteMs);
  expect(await statuses(later)).toEqual(Array(3).fill("succeeded"));
});

test.each([
  ["no body", undefined, 400],
  ["another field", { name: "x" }, 400],
  ["an empty hash", { hash: "" }, 409],
  ["a hash of nothing", { hash: "0123456789ab" }, 409],
])("Nothing is decided by %s", async (_, body, status) => {
  const staff = await staffed(3, "1/3600");
  const ids = await accepted(world, staff.map(remove));
  await world.clock.advance(minuteMs);
  await shown();
  expect(await world.api.decideOnRemovals("release", body)).toMatchObject({ status });
  await world.clock.advance(minuteMs);
  expect(await statuses(ids)).toEqual([...Array(2).fill("queued removal-limit"), "succeeded"]);
});
