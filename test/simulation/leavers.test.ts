import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, addTo, allOperations, create, operation, sandboxUsers, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourSeconds = 60 * 60;
const [ada, bob, cleo] = ["ada@example.com", "bob@example.com", "cleo@example.com"];
const remove = (user: string) => ({ user, do: [{ removeFromOrg: {} }] });
const rename = (user: string, email: string) => ({ user, do: [{ update: { email } }] });
const put = (...user: string[]) => ({ usergroup: "TestGroup1", do: [{ add: { user } }] });

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 11, credentials, rate: { requests: 10, seconds: 60 } });
  await accepted(world, [ada, bob, cleo].map(create));
  await world.clock.advance(2 * minuteMs);
});

afterEach(() => world.stop());

/** Ten minutes of other people's work stand before what is handed in next. */
const backlog = async () => {
  await accepted(world, users(500, "first").map(create));
  await accepted(world, users(500, "second").map(create));
  await world.clock.advance(5 * secondMs);
};
const handIn = async (command: object) => (await accepted(world, command))[0] ?? "";
const who = async () => (await sandboxUsers(world)).map(({ email }) => email);
const ended = async (...ids: string[]) => {
  await world.drain(hourSeconds);
  return await Promise.all(ids.map(async (id) => (await operation(world, id)).status));
};

describe("A leaver behind a backlog", () => {
  test("goes first, and older work on the person ends as superseded", async () => {
    await backlog();
    const older = await handIn(addTo(ada, "TestGroup1"));
    const leaver = await handIn(remove(ada));
    await world.clock.advance(minuteMs + 10 * secondMs);
    expect((await operation(world, leaver)).status).toBe("succeeded");
    expect(await who()).not.toContain(ada);
    expect((await operation(world, older)).status).toBe("queued");
    expect(await ended(older)).toEqual(["superseded"]);
    expect(await operation(world, older)).toMatchObject({ supersededBy: leaver });
  });

  test("leaves those in whom a group command lists as well, and a command of which nothing is left is superseded", async () => {
    await backlog();
    const three = await handIn(put(ada, bob, cleo));
    const alone = await handIn(put(ada));
    const leaver = await handIn(remove(ada));
    expect(await ended(three, alone, leaver)).toEqual(["succeeded", "superseded", "succeeded"]);
    const members = (await sandboxUsers(world)).filter(({ groups }) => groups?.includes("TestGroup1"));
    expect(members.map(({ email }) => email).toSorted()).toEqual([bob, cleo]);
  });

  test("takes out a joiner who has not come yet", async () => {
    await backlog();
    const joiner = await handIn(create("dora@example.com"));
    const leaver = await handIn(remove("dora@example.com"));
    expect(await ended(joiner, leaver)).toEqual(["superseded", "succeeded"]);
    expect(await who()).not.toContain("dora@example.com");
  });

  test("is safe for a rehire behind it, at once and later", async () => {
    await backlog();
    const [leaver = "", rehire = ""] = await accepted(world, [remove(ada), create(ada)]);
    const later = await handIn(addTo(ada, "TestGroup1"));
    expect(await ended(leaver, rehire, later)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect((await sandboxUsers(world)).find(({ email }) => email === ada)).toMatchObject({ groups: ["TestGroup1"] });
  });

  test("goes once more after a rename that gives its name to somebody else", async () => {
    await backlog();
    const renamed = await handIn(rename(bob, "eve@example.com"));
    const leaver = await handIn(remove("eve@example.com"));
    const rehire = await handIn(create("eve@example.com"));
    expect(await ended(renamed, leaver, rehire)).toEqual(["succeeded", "succeeded", "succeeded"]);
    const again = (await allOperations(world)).filter(({ id }) => id.startsWith(`${leaver}-again-`));
    expect(again).toMatchObject([{ status: "succeeded" }]);
    const eve = (await sandboxUsers(world)).filter(({ email }) => email === "eve@example.com");
    expect(eve).toMatchObject([{ lastname: "Byron" }]);
    expect(await who()).not.toContain(bob);
  });

  test.each([
    ["another leaver", () => remove("eve@example.com")],
    ["a rename away from it", () => rename("eve@example.com", "frida@example.com")],
    [
      "a removal among other steps",
      () => ({ user: "eve@example.com", do: [{ remove: "all" }, { removeFromOrg: {} }] }),
    ],
  ])("goes once more after each of two renames onto its name, with %s between them", async (_, between) => {
    await backlog();
    const renamed = await handIn(rename(bob, "eve@example.com"));
    await handIn(between());
    const renamedToo = await handIn(rename(cleo, "eve@example.com"));
    const leaver = await handIn(remove("eve@example.com"));
    expect(await ended(renamed, renamedToo, leaver)).toEqual(["succeeded", "succeeded", "succeeded"]);
    const left = await who();
    expect([ada, bob, cleo, "eve@example.com", "frida@example.com"].filter((each) => left.includes(each))).toEqual([
      ada,
    ]);
  });

  test("that is canceled lets older work go", async () => {
    await world.api.operate("lane/pause");
    const older = await handIn(addTo(ada, "TestGroup1"));
    const leaver = await handIn(remove(ada));
    expect(await world.api.operate(`operations/${leaver}/cancel`)).toMatchObject({ status: 200 });
    await world.api.operate("lane/resume");
    expect(await ended(older, leaver)).toEqual(["succeeded", "canceled"]);
    expect(await who()).toContain(ada);
  });

  test("in test mode changes nothing for older work", async () => {
    await backlog();
    const older = await handIn(addTo(ada, "TestGroup1"));
    const answer = await world.api.post(remove(ada), {}, "?testOnly=true");
    expect(answer.status).toBe(202);
    expect(await ended(older)).toEqual(["succeeded"]);
    expect(await who()).toContain(ada);
  });
});

test("A leaver whom Adobe refuses ahead of its place goes once more in its place", async () => {
  await backlog();
  const older = await handIn(addTo(ada, "TestGroup1"));
  await world.sandbox("faults", [
    { on: "action", times: 1, command: { user: ada }, errorCode: "error.user.type_unknown" },
  ]);
  const leaver = await handIn(remove(ada));
  await world.clock.advance(2 * minuteMs);
  expect((await operation(world, leaver)).status).toBe("queued");
  expect(await ended(older, leaver)).toEqual(["succeeded", "succeeded"]);
  expect(await who()).not.toContain(ada);
});

test("A leaver sees nobody ahead, and older work on the person sees the leaver ahead", async () => {
  await backlog();
  const older = await handIn(addTo(ada, "TestGroup1"));
  const throttled = { on: "action", times: 1, status: 429, retryAfter: 3600 };
  await world.sandbox("faults", [throttled]);
  await world.clock.advance(minuteMs + 10 * secondMs);
  const leaver = await handIn(remove(ada));
  expect((await operation(world, leaver)).waiting).toMatchObject({ reason: "throttled", ahead: 0 });
  expect((await operation(world, older)).waiting?.ahead).toBeGreaterThan(500);
});

test("A leaver of nobody is done, and a rehire behind it as well", async () => {
  await backlog();
  const [leaver = "", rehire = ""] = await accepted(world, [remove("dora@example.com"), create("dora@example.com")]);
  expect(await ended(leaver, rehire)).toEqual(["succeeded", "succeeded"]);
  expect(await who()).toContain("dora@example.com");
});

test("A leaver waits for what Adobe may still apply to its user, and for nothing else", async () => {
  world.network.befall("/action/", { kind: "silence" }, 1);
  const older = await handIn(addTo(ada, "TestGroup1"));
  await world.clock.advance(5 * secondMs);
  const [leaver = "", other = ""] = [await handIn(remove(ada)), await handIn(remove(bob))];
  await world.clock.advance(minuteMs);
  expect((await operation(world, leaver)).status).toBe("queued");
  expect(await ended(older, leaver, other)).toEqual(["superseded", "succeeded", "succeeded"]);
  expect(await who()).toEqual([cleo]);
});

test("A scheduled leaver goes first on its day", async () => {
  const notBefore = new Date(world.clock.now() + 20 * minuteMs).toISOString();
  const leaver = await handIn({ ...remove(ada), notBefore });
  await world.clock.advance(15 * minuteMs);
  await backlog();
  await world.clock.advance(8 * minuteMs);
  expect((await operation(world, leaver)).status).toBe("succeeded");
});

test("Two leavers of one person both end, and a joiner between them does not bring the person back", async () => {
  await backlog();
  const first = await handIn(remove(ada));
  const between = await handIn(create(ada));
  const second = await handIn(remove(ada));
  const [one, other, last] = await ended(first, between, second);
  expect([one, last]).toContain("succeeded");
  expect(other).toBe("superseded");
  expect(await who()).not.toContain(ada);
});
