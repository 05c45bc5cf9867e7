/** What a record becomes that was something else before. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { listed, person, post, setRecord, sources, tell } from "./hr-system.ts";
import { allOperations, sandboxUsers } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 12, credentials, rate: { requests: 100, seconds: 60 }, sources });
});
afterEach(() => world.stop());

const minute = 60;
const hour = 60 * minute;
const pass = (seconds: number) => world.clock.advance(seconds * 1000);
const people = async () => (await sandboxUsers(world)).map(({ email }) => email).toSorted();
const statuses = async () => (await world.until(allOperations(world))).map(({ status }) => status).toSorted();
const at = (seconds: number) => new Date(world.clock.now() + seconds * 1000).toISOString();

const root = '"user": record.workEmail';
const create = `{ ${root}, "do": [{ "createEnterpriseID": { "email": record.workEmail, "firstname": "A", "lastname": "B" } }] }`;
const leaver = `{ ${root}, "do": [{ "removeFromOrg": {} }], "notBefore": record.until }`;

async function configure(mapping: string, more: object = {}): Promise<void> {
  world.configure("bamboohr", { preset: "bamboohr", company: "example", mapping, ...more });
  await pass(2 * minute);
}

/** The record is so, and its webhook has the same bytes each time. */
async function becomes(record: object | null): Promise<void> {
  await setRecord(world, "5", record && person("B", "ada@example.com", record));
  expect(await world.until(tell(world, "5", "updated", "same"))).toEqual({ status: 202, body: {} });
  await pass(minute);
}

describe("The same bytes are about a second change", () => {
  test("if a last day is withdrawn and then set again", async () => {
    await configure(`record.until ? ${leaver} : record.join ? ${create}`);
    await becomes({ join: true });
    const last = at(2 * hour);
    for (const record of [{ until: last }, {}, { until: last }]) await becomes(record);
    expect(await statuses()).toEqual(["canceled", "queued", "succeeded"]);
    await pass(3 * hour);
    expect(await people()).toEqual([]);
  });

  test("if the source was on trial before", async () => {
    await configure(create, { testOnly: true });
    await becomes({});
    expect(await people()).toEqual([]);
    await configure(create, { testOnly: false });
    await becomes({});
    expect(await people()).toEqual(["ada@example.com"]);
  });
});

describe("Somebody whose first and last day are ahead", () => {
  const known = "$exists(previous) and $not(previous.left = true)";
  const gone = `${known} ? { "user": previous.email, "do": [{ "removeFromOrg": {} }] } : $exists(planned) ? { "nothing": "never came" } : $error("nobody knows")`;
  const mover =
    '{ "user": previous.email, "do": [{ "update": { "email": record.workEmail, "firstname": "A", "lastname": "B" } }] }';
  const mapping = `record = null ? ${gone} : [${known} ? ${mover} : $merge([${create}, { "notBefore": record.from }]), ${leaver}]`;
  const term = () => ({ from: at(hour), until: at(10 * hour) });

  test("comes and goes on these days", async () => {
    await configure(mapping);
    await becomes(term());
    await pass(2 * hour);
    expect(await people()).toEqual(["ada@example.com"]);
    await pass(10 * hour);
    expect(await people()).toEqual([]);
  });

  test("does not come if the record is gone before", async () => {
    await configure(mapping);
    await becomes(term());
    await becomes(null);
    await pass(12 * hour);
    expect([await people(), await statuses()]).toEqual([[], ["canceled", "canceled"]]);
  });

  test("is known from the first day on: leaves early, or has another email", async () => {
    await configure(mapping);
    const days = term();
    await becomes(days);
    await pass(2 * hour);
    await becomes({ ...days, workEmail: "ada.l@example.com" });
    expect(await people()).toEqual(["ada.l@example.com"]);
    await becomes(null);
    expect(await people()).toEqual([]);
  });
});

describe("What a webhook itself says, and failed, is repeated", () => {
  const data = { id: "1", email: "ada@example.com", firstname: "Ada", lastname: "Byron", country: "US" };
  const failed = () => listed(world, "?status=failed");
  const tellAll = async (type: string, more: object = {}) => {
    expect((await world.until(post(world, { type, data: { ...data, ...more } }))).status).toBe(202);
    await pass(minute);
  };
  const retryFailed = async () => {
    const mapping = create.replaceAll("record.workEmail", "payload.data.email");
    world.configure("standard", { preset: "standard", mapping });
    await pass(2 * minute);
    for (const { id } of await failed())
      expect((await world.until(world.api.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(202);
    await pass(minute);
  };

  test.each(["person.changed", "person.left"])("but not over what came after it: %s", async (type) => {
    await tellAll("person.joined");
    await tellAll("person.joined", { groups: [""] });
    await tellAll(type);
    const before = await sandboxUsers(world);
    await retryFailed();
    expect(await failed()).toMatchObject([{ reason: { code: "overtaken" } }]);
    expect(await sandboxUsers(world)).toEqual(before);
  });

  test("if what is done came before it, or is about another record", async () => {
    await tellAll("person.left");
    await tellAll("person.joined", { groups: [""] });
    await tellAll("person.joined", { id: "2", email: "bob@example.com" });
    await retryFailed();
    expect(await failed()).toEqual([]);
    expect(await people()).toEqual(["ada@example.com", "bob@example.com"]);
  });
});
