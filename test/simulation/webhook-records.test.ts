import { describe, expect, test } from "vitest";
import { calm } from "./chaos.ts";
import { joiner, listed, person, post, reads, setRecord, tell } from "./hr-system.ts";
import { sandboxUsers } from "./observations.ts";
import { webhookStory } from "./webhook-story.ts";

const story = webhookStory(11);
const { at, operations, pass, people, stored, statuses, until } = story;

const minute = 60;

describe("A webhook that only names a record", () => {
  test("brings about what the record says by then: joiner, mover, leaver", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    stored(await until(tell(story.world, "5", "created")));
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    await setRecord(story.world, "5", person("Lovelace", "ada.l@example.com"));
    stored(await until(tell(story.world, "5")));
    await pass(minute);
    expect(await people()).toEqual(["ada.l@example.com Lovelace"]);
    await setRecord(story.world, "5", null);
    stored(await until(tell(story.world, "5", "deleted")));
    await pass(minute);
    expect(await people()).toEqual([]);
  });

  test("costs one read with all that come with it, and one more if the same bytes come again later", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    for (let index = 0; index < 10; index++) {
      stored(await until(tell(story.world, "5", "updated", String(index))));
      await pass(0.05);
    }
    await pass(minute);
    expect(await reads(story.world)).toEqual({ 5: 1 });
    expect(await statuses("?source=bamboohr&status=submitted")).toHaveLength(10);
    stored(await until(tell(story.world, "5", "updated", "9")));
    await pass(minute);
    expect(await reads(story.world)).toEqual({ 5: 2 });
    // It was known by then: the mapping makes an update of it.
    expect(await operations()).toHaveLength(2);
    for (const [name, at] of [
      ["King", 3],
      ["Byron", 4],
      ["King", 5],
    ] as const) {
      await setRecord(story.world, "5", person(name, "ada@example.com"));
      stored(await until(tell(story.world, "5", "updated", "9")));
      await pass(minute);
      expect([await people(), (await operations()).length]).toEqual([[`ada@example.com ${name}`], at]);
    }
  });

  test("is about a second change if it comes between the read and its end, even as the same bytes", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    story.world.chaos.roughness = { ...calm, latencyMs: 2000 };
    const first = tell(story.world, "5", "updated", "same");
    while ((await reads(story.world))["5"] === undefined) await pass(0.01);
    await setRecord(story.world, "5", person("King", "ada@example.com"));
    stored(await until(first));
    stored(await until(tell(story.world, "5", "updated", "same")));
    await pass(5 * minute);
    expect(await people()).toEqual(["ada@example.com King"]);
    expect(await reads(story.world)).toEqual({ 5: 2 });
  });

  test("does not delay a leaver by more than five seconds, though events go on coming", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    stored(await until(tell(story.world, "5", "created")));
    await pass(minute);
    await setRecord(story.world, "5", null);
    stored(await until(tell(story.world, "5", "deleted")));
    for (let second = 1; second <= 5; second++) {
      await pass(1);
      stored(await until(tell(story.world, "5", "updated", String(second))));
    }
    // The joiner, and the leaver.
    expect(await operations()).toHaveLength(2);
  });

  test("waits as long as the HR system asks, while other records go on", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    await setRecord(story.world, "6", person("Babbage", "bob@example.com"));
    await story.world.sandbox("faults", [{ on: "record", status: 503, retryAfter: 3000 }]);
    stored(await until(tell(story.world, "5", "created")));
    await pass(10);
    stored(await until(tell(story.world, "6", "created")));
    await pass(minute);
    expect(await people()).toEqual(["bob@example.com Babbage"]);
    await pass(2900);
    expect(await reads(story.world)).toEqual({ 5: 1, 6: 1 });
    await pass(2 * minute);
    expect(await people()).toEqual(["ada@example.com Byron", "bob@example.com Babbage"]);
    expect((await operations()).map(({ attempts }) => attempts)).toEqual([0, 0]);
  });

  test("waits out an hour in which the HR system answers 503: all are done after it, in order for each person", async () => {
    await setRecord(story.world, "1", person("Byron", "p1@example.com"));
    stored(await until(tell(story.world, "1", "created")));
    await pass(minute);
    await story.world.sandbox("faults", [{ on: "record", status: 503, times: 1_000_000 }]);
    for (let round = 0; round < 4; round++) {
      for (const id of ["1", "2", "3"]) {
        await setRecord(story.world, id, person(`L${round}`, `p${id}${id === "1" ? `.${round}` : ""}@example.com`));
        stored(await until(tell(story.world, id, "updated", `${round}`)));
      }
      stored(await until(post(story.world, joiner(`told${round}@example.com`, { id: "told", lastname: `T${round}` }))));
      await pass(15 * minute);
    }
    await setRecord(story.world, "3", null);
    // What says everything waits for nobody.
    expect(await people()).toHaveLength(5);
    await story.world.sandbox("faults", []);
    await pass(31 * minute);
    expect(await people()).toEqual([
      "p1.3@example.com L3",
      "p2@example.com L3",
      ...[0, 1, 2, 3].map((round) => `told${round}@example.com T${round}`),
    ]);
    expect(await statuses("?source=bamboohr&status=queued")).toEqual([]);
    // The one who has come and gone within the hour was never known.
    expect((await listed(story.world, "?status=failed")).map(({ record }) => record)).toEqual(Array(4).fill("3"));
  });

  test("counts as failed after 13 days without its record, a day before SQS forgets it, and can be repeated", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    await story.world.sandbox("faults", [{ on: "record", status: 503, times: 1_000_000 }]);
    stored(await until(tell(story.world, "5", "created")));
    await pass(minute);
    await story.world.pass(13 * 24 * 3600);
    expect(await statuses()).toEqual(["queued"]);
    await pass(31 * minute);
    const [{ id, reason } = { id: "" }] = await listed(story.world, "?status=failed");
    expect(reason?.code).toBe("waited-too-long");
    await story.world.sandbox("faults", []);
    await until(story.world.api.deliveries(`deliveries/${id}/retry`, "POST"));
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
  });

  test("fails where nobody knows who has left, until somebody says so", async () => {
    stored(await until(tell(story.world, "5", "deleted")));
    await pass(minute);
    const [{ id, reason } = { id: "", reason: undefined }] = await listed(story.world, "?status=failed");
    expect(reason?.message).toMatch(/never mapped/);
    stored(await until(post(story.world, joiner("ada@example.com"))));
    const people = [{ record: "5", email: "ada@example.com" }];
    const seeded = await until(story.world.api.deliveries("webhooks/bamboohr/people", "POST", { people }));
    expect(seeded).toEqual({ status: 200, body: { seeded: 1, known: 0 } });
    expect((await until(story.world.api.deliveries("webhooks/nobody/people", "POST", { people }))).status).toBe(404);
    await until(story.world.api.deliveries(`deliveries/${id}/retry`, "POST"));
    await pass(minute);
    expect(await sandboxUsers(story.world)).toEqual([]);
  });

  test("takes back a termination that was moved or withdrawn", async () => {
    // BambooHR does not date its terminations; a mapping of one's own may.
    const mapping = `[{ "user": record.workEmail, "do": [{ "createFederatedID": { "email": record.workEmail, "firstname": "A", "lastname": "B", "country": "US", "option": "updateIfAlreadyExists" } }] },
      record.until ? { "user": record.workEmail, "do": [{ "removeFromOrg": {} }], "notBefore": record.until }]`;
    story.world.configure("bamboohr", { preset: "bamboohr", company: "example", mapping });
    await pass(2 * minute);
    for (const [until_, left] of [
      [at(3600), 0],
      [at(7200), 0],
      [undefined, 0],
    ] as const) {
      await setRecord(story.world, "5", person("B", "ada@example.com", until_ === undefined ? {} : { until: until_ }));
      stored(await until(tell(story.world, "5", "updated", String(until_))));
      await pass(minute);
      expect((await sandboxUsers(story.world)).length - 1).toBe(left);
    }
    await pass(3 * 3600);
    expect(await sandboxUsers(story.world)).toHaveLength(1);
    await setRecord(story.world, "5", person("B", "ada@example.com", { until: at(600) }));
    stored(await until(tell(story.world, "5", "updated", "last")));
    await pass(1200);
    expect(await sandboxUsers(story.world)).toEqual([]);
  });
});
