/** Webhooks that are as large, or become as much, as they may. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { listed, post, sources } from "./hr-system.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 14, credentials, rate: { requests: 100, seconds: 60 }, sources });
});
afterEach(() => world.stop());

const joined = (more: string) =>
  `{"type":"person.joined","data":{"id":"1","email":"ada@example.com","firstname":"A","lastname":"B","country":"US"},"more":${more}}`;
const outcomes = async () => {
  await world.clock.advance(60_000);
  return (await listed(world, "?limit=200")).map(({ status, reason }) => reason?.code ?? status);
};
const kept = { status: 202, body: {} };

test.each([
  ["Marks that are escaped twice", JSON.stringify('"'.repeat(120_000))],
  ["Numbers that are longer when written out", `[${Array(50_000).fill("1e20")}]`],
  ["Lists in lists", "[".repeat(100_000) + "]".repeat(100_000)],
])("%s are taken, and a failed delivery says that they are not kept", async (_, more) => {
  expect(await world.until(post(world, joined(more)))).toEqual(kept);
  expect(await outcomes()).toEqual(["payload-unreadable"]);
});

test("500 records of one webhook are a delivery each, and 501 are refused as a whole", async () => {
  const mapping = '{ "nothing": "nothing" }';
  world.configure("standard", { preset: "standard", records: "data.ids", mapping });
  await world.clock.advance(120_000);
  const ids = Array.from({ length: 501 }, (_, index) => `${index}`);
  expect(await world.until(post(world, { data: { ids: ids.slice(0, 500) } }))).toEqual(kept);
  expect(await outcomes()).toHaveLength(200);
  expect(await world.until(post(world, { data: { ids } }))).toEqual(kept);
  expect((await outcomes())[0]).toBe("payload-unreadable");
});

test.each([
  ["501 commands", 501, 1],
  ["many bytes", 20, 300],
])("A record that becomes %s fails, and is not tried for days", async (_, commands, groups) => {
  const group = '$map([1..GROUPS], function($n) { $pad($string($n), 60, "x") })'.replace("GROUPS", String(groups));
  const command = `{ "user": "ada@example.com", "do": [{ "add": { "group": ${group} } }] }`;
  world.configure("standard", { preset: "standard", mapping: `[1..${commands}].(${command})` });
  await world.clock.advance(120_000);
  expect(await world.until(post(world, joined("0")))).toEqual(kept);
  expect(await outcomes()).toEqual(["commands-refused"]);
});
