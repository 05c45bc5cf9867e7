/** What becomes of a delivery that waits for long. */
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { recordKeyOf } from "../../shared/deliveries/delivery.ts";
import { credentials } from "./credentials.ts";
import { listed, person, setRecord, sources, tell } from "./hr-system.ts";
import { sandboxUsers } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { asNewer, rewriteItem } from "./stored-rows.ts";

let world: SimulatedWorld;
beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 13, credentials, rate: { requests: 100, seconds: 60 }, sources });
});
afterEach(() => world.stop());

const minute = 60;
const day = 24 * 60 * minute;
const pass = (seconds: number) => world.clock.advance(seconds * 1000);
const people = async () => (await sandboxUsers(world)).map(({ email, lastname }) => `${email} ${lastname}`);
const outcomes = async () => (await listed(world)).map(({ status, reason }) => reason?.code ?? status);
const changes = async (lastName: string) => {
  await setRecord(world, "5", person(lastName, "ada@example.com"));
  expect((await world.until(tell(world, "5", "updated", lastName))).status).toBe(202);
};

const textSchema = z.object({ S: z.string() });
/** Lets a part of an item be of a newer version's form. @returns a function that undoes it */
async function renew(pk: string, part: string): Promise<() => Promise<unknown>> {
  const before = await rewriteItem(world, pk, (item) => ({
    ...item,
    [part]: { S: asNewer(textSchema.parse(item[part]).S) },
  }));
  return () => rewriteItem(world, pk, () => before);
}

test("A delivery of a newer version's form keeps its message until a version comes that can read it", async () => {
  await world.sandbox("faults", [{ on: "record", status: 503, times: 1 }]);
  await changes("Byron");
  await pass(10);
  const [{ id } = { id: "" }] = await listed(world);
  const undo = await renew(`delivery#${id}`, "delivery");
  await pass(60 * minute);
  await undo();
  await pass(31 * minute);
  expect([await people(), await outcomes()]).toEqual([["ada@example.com Byron"], ["submitted"]]);
});

test("A delivery counts as failed after its own 13 days, and not after those of one before it", async () => {
  await world.sandbox("faults", [{ on: "record", status: 503, times: 1_000_000 }]);
  await changes("Byron");
  await pass(minute);
  await world.pass(13 * day - 10 * minute);
  await changes("King");
  await pass(60 * minute);
  expect(await outcomes()).toEqual(["queued", "waited-too-long"]);
  await world.sandbox("faults", []);
  await pass(31 * minute);
  expect([await people(), await outcomes()]).toEqual([["ada@example.com King"], ["submitted", "waited-too-long"]]);
});

test("A delivery on which intake itself fails for 13 days counts as failed before SQS forgets it", async () => {
  await changes("Byron");
  await pass(minute);
  const undo = await renew(`record#${recordKeyOf("bamboohr", "5")}`, "known");
  await changes("King");
  await world.pass(13 * day);
  await pass(60 * minute);
  expect(await outcomes()).toEqual(["waited-too-long", "submitted"]);
  await undo();
  const [{ id } = { id: "" }] = await listed(world);
  await world.until(world.api.deliveries(`deliveries/${id}/retry`, "POST"));
  await pass(minute);
  expect(await people()).toEqual(["ada@example.com King"]);
});
