import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { deliveriesPageSchema } from "../../shared/api/delivery.ts";
import { calm } from "./chaos.ts";
import { credentials } from "./credentials.ts";
import { person, post, reads, setRecord, sources, tell } from "./hr-system.ts";
import { allOperations, sandboxUsers } from "./observations.ts";
import { type ApiAnswer, SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 11, credentials, rate: { requests: 100, seconds: 60 }, sources });
});
afterEach(() => world.stop());

const minute = 60;
const pass = (seconds: number) => world.clock.advance(seconds * 1000);
const until = <Result>(promise: Promise<Result>) => world.until(promise);
const stored = (answer: ApiAnswer) => expect(answer).toEqual({ status: 202, body: {} });
const deliveries = async (query = "") =>
  deliveriesPageSchema.parse((await until(world.deliveries(`deliveries${query}`))).body).deliveries;
const statuses = async (query = "") => (await deliveries(query)).map(({ status }) => status);
const people = async () => (await sandboxUsers(world)).map(({ email, lastname }) => `${email} ${lastname}`).toSorted();
const joiner = (email: string, more: object = {}) => ({
  type: "person.joined",
  data: { email, firstname: "Ada", lastname: "Byron", country: "US", ...more },
});
const operations = () => until(allOperations(world));
const at = (seconds: number) => new Date(world.clock.now() + seconds * 1000).toISOString();

describe("A webhook that says everything", () => {
  test("brings a joiner, a mover and a leaver about, by whoever its source is", async () => {
    stored(await until(post(world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    const changed = { ...joiner("ada.l@example.com", { id: "1", lastname: "Lovelace" }), type: "person.changed" };
    stored(await until(post(world, changed)));
    await pass(minute);
    expect(await people()).toEqual(["ada.l@example.com Lovelace"]);
    stored(await until(post(world, { type: "person.left", data: { id: "1" } })));
    await pass(minute);
    expect(await people()).toEqual([]);
    expect((await operations()).map(({ submittedBy }) => submittedBy)).toEqual(Array(3).fill("webhooks/standard"));
    expect(await statuses("?source=standard&status=submitted")).toHaveLength(3);
  });

  test("is done once however often it comes, within SQS's five minutes and after", async () => {
    for (const seconds of [0, 1, 200, 600, 3 * 24 * 3600]) {
      await world.pass(seconds);
      stored(await until(post(world, joiner("ada@example.com"), "msg_same")));
    }
    await pass(minute);
    expect(await operations()).toHaveLength(1);
    expect(await statuses()).toEqual(["submitted"]);
  });

  test("is kept as failed where its mapping breaks or its commands are refused, holds nothing up, and can be repeated", async () => {
    stored(await until(post(world, joiner("ada@example.com", { id: "1", groups: [""] }))));
    stored(await until(post(world, { type: "person.left", data: { id: "2" } })));
    stored(await until(post(world, joiner("bob@example.com", { id: "3" }))));
    await pass(minute);
    expect(await people()).toEqual(["bob@example.com Byron"]);
    const failed = await deliveries("?status=failed");
    expect(failed.map(({ reason }) => reason?.code).toSorted()).toEqual(["commands-refused", "mapping-failed"]);
    expect(JSON.stringify(failed)).not.toMatch(/ada@|Byron/);
    const mapping =
      '{ "user": payload.data.email, "do": [{ "createEnterpriseID": { "email": payload.data.email, "firstname": "A", "lastname": "B" } }] }';
    world.configure("standard", {
      preset: "standard",
      mapping: `payload.data.email ? ${mapping} : {"nothing": "nobody"}`,
    });
    await pass(2 * minute);
    for (const { id } of failed)
      expect((await until(world.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(202);
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com B", "bob@example.com Byron"]);
    expect(await statuses("?status=failed")).toEqual([]);
    const [{ id = "" } = {}] = failed;
    expect((await until(world.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(409);
  });

  test("is kept as a whole if no record is found in it, and can be repeated once the configuration finds them", async () => {
    world.configure("standard", { preset: "standard", records: "$error('not yet')" });
    stored(await until(post(world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    const [{ id, record, reason } = { id: "" }] = await deliveries("?status=failed");
    expect([record, reason?.code]).toEqual([undefined, "payload-unreadable"]);
    world.configure("standard", { preset: "standard" });
    await pass(2 * minute);
    expect((await until(world.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(202);
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    expect((await statuses()).toSorted()).toEqual(["nothing", "submitted"]);
  });

  test("waits for the next event if something is missing, and is no failure", async () => {
    stored(await until(post(world, { type: "person.joined", data: { id: "1", firstname: "Ada", lastname: "Byron" } })));
    await pass(minute);
    expect(await statuses()).toEqual(["incomplete"]);
    stored(await until(post(world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    expect(await statuses()).toEqual(["submitted", "submitted"]);
  });

  test("takes back what an earlier one has scheduled for a day to come", async () => {
    stored(await until(post(world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    const leaver = (effectiveAt: string) => ({
      type: "person.left",
      data: { id: "1", email: "ada@example.com", effectiveAt },
    });
    stored(await until(post(world, leaver(at(2 * 3600)))));
    await pass(minute);
    stored(await until(post(world, leaver(at(5 * 3600)))));
    await pass(3 * 3600);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    const changed = { ...joiner("ada@example.com", { id: "1", lastname: "King" }), type: "person.changed" };
    stored(await until(post(world, changed)));
    await pass(4 * 3600);
    expect(await people()).toEqual(["ada@example.com King"]);
    expect((await operations()).map(({ status }) => status).toSorted()).toEqual([
      "canceled",
      "canceled",
      "succeeded",
      "succeeded",
    ]);
  });
});

describe("A webhook that only names a record", () => {
  test("brings about what the record says by then: joiner, mover, leaver", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    stored(await until(tell(world, "5", "created")));
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    await setRecord(world, "5", person("Lovelace", "ada.l@example.com"));
    stored(await until(tell(world, "5")));
    await pass(minute);
    expect(await people()).toEqual(["ada.l@example.com Lovelace"]);
    await setRecord(world, "5", null);
    stored(await until(tell(world, "5", "deleted")));
    await pass(minute);
    expect(await people()).toEqual([]);
  });

  test("costs one read with all that come with it, and one more if the same bytes come again later", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    for (let index = 0; index < 10; index++) {
      stored(await until(tell(world, "5", "updated", String(index))));
      await pass(0.05);
    }
    await pass(minute);
    expect(await reads(world)).toEqual({ 5: 1 });
    expect(await statuses("?source=bamboohr&status=submitted")).toHaveLength(10);
    stored(await until(tell(world, "5", "updated", "9")));
    await pass(minute);
    expect(await reads(world)).toEqual({ 5: 2 });
    // It was known by then: the mapping makes an update of it.
    expect(await operations()).toHaveLength(2);
    for (const [name, at] of [
      ["King", 3],
      ["Byron", 4],
      ["King", 5],
    ] as const) {
      await setRecord(world, "5", person(name, "ada@example.com"));
      stored(await until(tell(world, "5", "updated", "9")));
      await pass(minute);
      expect([await people(), (await operations()).length]).toEqual([[`ada@example.com ${name}`], at]);
    }
  });

  test("is about a second change if it comes between the read and its end, even as the same bytes", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    world.chaos.roughness = { ...calm, latencyMs: 2000 };
    const first = tell(world, "5", "updated", "same");
    while ((await reads(world))["5"] === undefined) await pass(0.01);
    await setRecord(world, "5", person("King", "ada@example.com"));
    stored(await until(first));
    stored(await until(tell(world, "5", "updated", "same")));
    await pass(5 * minute);
    expect(await people()).toEqual(["ada@example.com King"]);
    expect(await reads(world)).toEqual({ 5: 2 });
  });

  test("does not delay a leaver by more than five seconds, though events go on coming", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    stored(await until(tell(world, "5", "created")));
    await pass(minute);
    await setRecord(world, "5", null);
    stored(await until(tell(world, "5", "deleted")));
    for (let second = 1; second <= 5; second++) {
      await pass(1);
      stored(await until(tell(world, "5", "updated", String(second))));
    }
    // The joiner, and the leaver.
    expect(await operations()).toHaveLength(2);
  });

  test("waits as long as the HR system asks, while other records go on", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    await setRecord(world, "6", person("Babbage", "bob@example.com"));
    await world.sandbox("faults", [{ on: "record", status: 503, retryAfter: 3000 }]);
    stored(await until(tell(world, "5", "created")));
    await pass(10);
    stored(await until(tell(world, "6", "created")));
    await pass(minute);
    expect(await people()).toEqual(["bob@example.com Babbage"]);
    await pass(2900);
    expect(await reads(world)).toEqual({ 5: 1, 6: 1 });
    await pass(2 * minute);
    expect(await people()).toEqual(["ada@example.com Byron", "bob@example.com Babbage"]);
    expect((await operations()).map(({ attempts }) => attempts)).toEqual([0, 0]);
  });

  test("waits out an hour in which the HR system answers 503: all are done after it, in order for each person", async () => {
    await setRecord(world, "1", person("Byron", "p1@example.com"));
    stored(await until(tell(world, "1", "created")));
    await pass(minute);
    await world.sandbox("faults", [{ on: "record", status: 503, times: 1_000_000 }]);
    for (let round = 0; round < 4; round++) {
      for (const id of ["1", "2", "3"]) {
        await setRecord(world, id, person(`L${round}`, `p${id}${id === "1" ? `.${round}` : ""}@example.com`));
        stored(await until(tell(world, id, "updated", `${round}`)));
      }
      stored(await until(post(world, joiner(`told${round}@example.com`, { id: "told", lastname: `T${round}` }))));
      await pass(15 * minute);
    }
    await setRecord(world, "3", null);
    // What says everything waits for nobody.
    expect(await people()).toHaveLength(5);
    await world.sandbox("faults", []);
    await pass(31 * minute);
    expect(await people()).toEqual([
      "p1.3@example.com L3",
      "p2@example.com L3",
      ...[0, 1, 2, 3].map((round) => `told${round}@example.com T${round}`),
    ]);
    expect(await statuses("?source=bamboohr&status=queued")).toEqual([]);
    // The one who has come and gone within the hour was never known.
    expect((await deliveries("?status=failed")).map(({ record }) => record)).toEqual(Array(4).fill("3"));
  });

  test("counts as failed after 13 days without its record, a day before SQS forgets it, and can be repeated", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    await world.sandbox("faults", [{ on: "record", status: 503, times: 1_000_000 }]);
    stored(await until(tell(world, "5", "created")));
    await pass(minute);
    await world.pass(13 * 24 * 3600);
    expect(await statuses()).toEqual(["queued"]);
    await pass(31 * minute);
    const [{ id, reason } = { id: "" }] = await deliveries("?status=failed");
    expect(reason?.code).toBe("waited-too-long");
    await world.sandbox("faults", []);
    await until(world.deliveries(`deliveries/${id}/retry`, "POST"));
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
  });

  test("fails where nobody knows who has left, until somebody says so", async () => {
    stored(await until(tell(world, "5", "deleted")));
    await pass(minute);
    const [{ id, reason } = { id: "", reason: undefined }] = await deliveries("?status=failed");
    expect(reason?.message).toMatch(/never mapped/);
    stored(await until(post(world, joiner("ada@example.com"))));
    const people = [{ record: "5", email: "ada@example.com" }];
    const seeded = await until(world.deliveries("webhooks/bamboohr/people", "POST", { people }));
    expect(seeded).toEqual({ status: 200, body: { seeded: 1, known: 0 } });
    expect((await until(world.deliveries("webhooks/nobody/people", "POST", { people }))).status).toBe(404);
    await until(world.deliveries(`deliveries/${id}/retry`, "POST"));
    await pass(minute);
    expect(await sandboxUsers(world)).toEqual([]);
  });

  test("takes back a termination that was moved or withdrawn", async () => {
    // BambooHR does not date its terminations; a mapping of one's own may.
    const mapping = `[{ "user": record.workEmail, "do": [{ "createFederatedID": { "email": record.workEmail, "firstname": "A", "lastname": "B", "country": "US", "option": "updateIfAlreadyExists" } }] },
      record.until ? { "user": record.workEmail, "do": [{ "removeFromOrg": {} }], "notBefore": record.until }]`;
    world.configure("bamboohr", { preset: "bamboohr", company: "example", mapping });
    await pass(2 * minute);
    for (const [until_, left] of [
      [at(3600), 0],
      [at(7200), 0],
      [undefined, 0],
    ] as const) {
      await setRecord(world, "5", person("B", "ada@example.com", until_ === undefined ? {} : { until: until_ }));
      stored(await until(tell(world, "5", "updated", String(until_))));
      await pass(minute);
      expect((await sandboxUsers(world)).length - 1).toBe(left);
    }
    await pass(3 * 3600);
    expect(await sandboxUsers(world)).toHaveLength(1);
    await setRecord(world, "5", person("B", "ada@example.com", { until: at(600) }));
    stored(await until(tell(world, "5", "updated", "last")));
    await pass(1200);
    expect(await sandboxUsers(world)).toEqual([]);
  });
});

describe("What is refused", () => {
  const refused = { status: 401, body: { message: "Unauthorized" } };
  test.each<[string, () => Promise<ApiAnswer>, number]>([
    [
      "a wrong signature",
      () => world.deliver("bamboohr", { "x-bamboohr-signature": "0", "x-bamboohr-timestamp": "1" }, "{}"),
      401,
    ],
    ["no signature", () => world.deliver("standard", {}, "{}"), 401],
    ["an unknown source", () => world.deliver("nobody", {}, "{}"), 401],
    ["a large one", () => world.deliver("nobody", {}, "x".repeat(256 * 1024 + 1)), 413],
    ["a compressed one", () => world.deliver("nobody", { "content-encoding": "gzip" }, "{}"), 415],
  ])("%s: nothing of it is stored, and the answer tells nothing else", async (_, send, status) => {
    const answer = await until(send());
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer).toEqual(refused);
    await pass(minute);
    expect(await deliveries()).toEqual([]);
  });
});

test("Deliveries are listed page by page, by source and status", async () => {
  for (let index = 0; index < 5; index++)
    stored(await until(post(world, joiner(`a${index}@example.com`, { id: `${index}` }))));
  await pass(minute);
  const seen: string[] = [];
  let cursor = "";
  for (;;) {
    const page = z
      .object({ ...deliveriesPageSchema.shape })
      .parse((await until(world.deliveries(`deliveries?limit=2${cursor}`))).body);
    seen.push(...page.deliveries.map(({ record = "" }) => record));
    if (page.cursor === undefined) break;
    cursor = `&cursor=${page.cursor}`;
  }
  expect(seen.toSorted()).toEqual(["0", "1", "2", "3", "4"]);
  expect(await statuses("?source=bamboohr")).toEqual([]);
});

describe("Erasing a person", () => {
  test("erases who the records are and what failed on them, once nothing is at work", async () => {
    await setRecord(world, "5", person("Byron", "ada@example.com"));
    stored(await until(tell(world, "5", "created")));
    await pass(minute);
    stored(await until(post(world, joiner("ada@example.com", { id: "1", groups: [""] }))));
    stored(await until(post(world, joiner("bob@example.com", { id: "2" }))));
    await pass(minute);
    await world.sandbox("faults", [{ on: "record", status: 503, times: 9 }]);
    stored(await until(tell(world, "5", "deleted")));
    expect((await until(world.erase("ADA@example.com"))).status).toBe(409);
    await world.sandbox("faults", []);
    await setRecord(world, "5", null);
    await pass(5 * minute);
    expect((await until(world.erase("ADA@example.com"))).body).toEqual({ erased: 2 });
    expect((await deliveries()).map(({ record }) => record)).toEqual(["2"]);
    // Who the record was is forgotten as well.
    stored(await until(tell(world, "5", "deleted", "again")));
    await pass(minute);
    expect((await deliveries("?status=failed")).map(({ reason }) => reason?.message)).toEqual([
      expect.stringMatching(/never mapped/),
    ]);
  });
});
