import { afterEach, expect, test } from "vitest";
import { removalsViewSchema } from "../../shared/api/removals.ts";
import { credentials } from "./credentials.ts";
import { accepted, addTo, allOperations, create, operation, sandboxUsers, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const perCall = 500;
const limit = 100;
const feed = "arn:aws:iam::123456789012:user/feed";
const remove = (user: string) => ({ user, do: [{ removeFromOrg: {} }] });

async function submit(commands: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < commands.length; from += perCall)
    ids.push(...(await accepted(world, commands.slice(from, from + perCall))));
  return ids;
}

const removals = async () => removalsViewSchema.parse((await world.api.removals()).body);
const idsOf = async (filter: string) => (await allOperations(world, filter)).map(({ id }) => id).toSorted();
const emails = async () => (await sandboxUsers(world)).map(({ email }) => email).toSorted();

test("Of 1,000 people whom a feed of 2,000 drops, as many go as the limit says; the others stay once their set is canceled", async () => {
  const removalLimit = `${limit}/3600`;
  world = await SimulatedWorld.create({ seed: 1, credentials, rate: { requests: 200, seconds: 6 }, removalLimit });
  const staff = users(2000, "staff");
  await submit(staff.map(create));
  await world.drain(60 * 60);
  expect(await emails()).toHaveLength(2000);

  world.api.caller = feed;
  const dropped = await submit(staff.slice(0, 1000).map(remove));
  const [promoted = ""] = await submit([addTo(staff[999] ?? "", "TestGroup1")]);
  await world.clock.advance(5 * minuteMs);
  const left = staff.slice(limit).toSorted();
  expect(await emails()).toEqual(left);
  expect(await idsOf("&waiting=removal-limit")).toEqual(dropped.slice(limit).toSorted());
  expect(await operation(world, promoted)).toMatchObject({ waiting: { reason: "behind", behind: dropped[999] } });

  const { hash, ...view } = await removals();
  expect(view).toEqual({
    limit: { operations: limit, seconds: 3600 },
    counted: limit,
    held: 900,
    bySubmitter: { [feed]: 900 },
  });
  expect(await world.api.decideOnRemovals("cancel", { hash })).toEqual({ status: 200, body: { operations: 900 } });
  await world.clock.advance(5 * minuteMs);
  expect(await idsOf("&status=canceled")).toEqual(dropped.slice(limit).toSorted());
  expect(await emails()).toEqual(left);
  expect((await operation(world, promoted)).status).toBe("succeeded");
  expect(await removals()).toMatchObject({ counted: limit, held: 0 });

  const later = await submit(staff.slice(limit, 200).map((user) => addTo(user, "TestGroup1")));
  await world.clock.advance(minuteMs);
  const members = (await sandboxUsers(world)).filter(({ groups = [] }) => groups.includes("TestGroup1"));
  expect(members).toHaveLength(later.length + 1);
});
