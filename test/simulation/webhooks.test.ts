import { describe, expect, test } from "vitest";
import { deliveriesPageSchema } from "../../shared/api/delivery.ts";
import { joiner, listed, person, post, setRecord, tell } from "./hr-system.ts";
import type { ApiAnswer } from "./simulated-api.ts";
import { webhookStory } from "./webhook-story.ts";

const story = webhookStory(11);
const { at, operations, pass, people, stored, statuses, until } = story;

const minute = 60;

describe("A webhook that says everything", () => {
  test("brings a joiner, a mover and a leaver about, by whoever its source is", async () => {
    stored(await until(post(story.world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    const changed = { ...joiner("ada.l@example.com", { id: "1", lastname: "Lovelace" }), type: "person.changed" };
    stored(await until(post(story.world, changed)));
    await pass(minute);
    expect(await people()).toEqual(["ada.l@example.com Lovelace"]);
    stored(await until(post(story.world, { type: "person.left", data: { id: "1" } })));
    await pass(minute);
    expect(await people()).toEqual([]);
    expect((await operations()).map(({ submittedBy }) => submittedBy)).toEqual(Array(3).fill("webhooks/standard"));
    expect(await statuses("?source=standard&status=submitted")).toHaveLength(3);
  });

  test("is done once however often it comes, within SQS's five minutes and after", async () => {
    for (const seconds of [0, 1, 200, 600, 3 * 24 * 3600]) {
      await story.world.pass(seconds);
      stored(await until(post(story.world, joiner("ada@example.com"), "msg_same")));
    }
    await pass(minute);
    expect(await operations()).toHaveLength(1);
    expect(await statuses()).toEqual(["submitted"]);
  });

  test("is kept as failed where its mapping breaks or its commands are refused, holds nothing up, and can be repeated", async () => {
    stored(await until(post(story.world, joiner("ada@example.com", { id: "1", groups: [""] }))));
    stored(await until(post(story.world, { type: "person.left", data: { id: "2" } })));
    stored(await until(post(story.world, joiner("bob@example.com", { id: "3" }))));
    await pass(minute);
    expect(await people()).toEqual(["bob@example.com Byron"]);
    const failed = await listed(story.world, "?status=failed");
    expect(failed.map(({ reason }) => reason?.code).toSorted()).toEqual(["commands-refused", "mapping-failed"]);
    expect(JSON.stringify(failed)).not.toMatch(/ada@|Byron/);
    const mapping =
      '{ "user": payload.data.email, "do": [{ "createEnterpriseID": { "email": payload.data.email, "firstname": "A", "lastname": "B" } }] }';
    story.world.configure("standard", {
      preset: "standard",
      mapping: `payload.data.email ? ${mapping} : {"nothing": "nobody"}`,
    });
    await pass(2 * minute);
    for (const { id } of failed)
      expect((await until(story.world.api.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(202);
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com B", "bob@example.com Byron"]);
    expect(await statuses("?status=failed")).toEqual([]);
    const [{ id = "" } = {}] = failed;
    expect((await until(story.world.api.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(409);
  });

  test("is kept as a whole if no record is found in it, and can be repeated once the configuration finds them", async () => {
    story.world.configure("standard", { preset: "standard", records: "$error('not yet')" });
    stored(await until(post(story.world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    const [{ id, record, reason } = { id: "" }] = await listed(story.world, "?status=failed");
    expect([record, reason?.code]).toEqual([undefined, "payload-unreadable"]);
    story.world.configure("standard", { preset: "standard" });
    await pass(2 * minute);
    expect((await until(story.world.api.deliveries(`deliveries/${id}/retry`, "POST"))).status).toBe(202);
    await pass(minute);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    expect((await statuses()).toSorted()).toEqual(["nothing", "submitted"]);
  });

  test("waits for the next event if something is missing, and is no failure", async () => {
    stored(
      await until(post(story.world, { type: "person.joined", data: { id: "1", firstname: "Ada", lastname: "Byron" } })),
    );
    await pass(minute);
    expect(await statuses()).toEqual(["incomplete"]);
    stored(await until(post(story.world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    expect(await statuses()).toEqual(["submitted", "submitted"]);
  });

  test("takes back what an earlier one has scheduled for a day to come", async () => {
    stored(await until(post(story.world, joiner("ada@example.com", { id: "1" }))));
    await pass(minute);
    const leaver = (effectiveAt: string) => ({
      type: "person.left",
      data: { id: "1", email: "ada@example.com", effectiveAt },
    });
    stored(await until(post(story.world, leaver(at(2 * 3600)))));
    await pass(minute);
    stored(await until(post(story.world, leaver(at(5 * 3600)))));
    await pass(3 * 3600);
    expect(await people()).toEqual(["ada@example.com Byron"]);
    const changed = { ...joiner("ada@example.com", { id: "1", lastname: "King" }), type: "person.changed" };
    stored(await until(post(story.world, changed)));
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

describe("What is refused", () => {
  const refused = { status: 401, body: { message: "Unauthorized" } };
  test.each<[string, () => Promise<ApiAnswer>, number]>([
    [
      "a wrong signature",
      () => story.world.api.deliver("bamboohr", { "x-bamboohr-signature": "0", "x-bamboohr-timestamp": "1" }, "{}"),
      401,
    ],
    ["no signature", () => story.world.api.deliver("standard", {}, "{}"), 401],
    ["an unknown source", () => story.world.api.deliver("nobody", {}, "{}"), 401],
    ["a large one", () => story.world.api.deliver("nobody", {}, "x".repeat(256 * 1024 + 1)), 413],
    ["a compressed one", () => story.world.api.deliver("nobody", { "content-encoding": "gzip" }, "{}"), 415],
  ])("%s: nothing of it is stored, and the answer tells nothing else", async (_, send, status) => {
    const answer = await until(send());
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer).toEqual(refused);
    await pass(minute);
    expect(await listed(story.world)).toEqual([]);
  });
});

test("Deliveries are listed page by page, by source and status", async () => {
  for (let index = 0; index < 5; index++)
    stored(await until(post(story.world, joiner(`a${index}@example.com`, { id: `${index}` }))));
  await pass(minute);
  const seen: string[] = [];
  let cursor = "";
  for (;;) {
    const page = deliveriesPageSchema.parse(
      (await until(story.world.api.deliveries(`deliveries?limit=2${cursor}`))).body,
    );
    seen.push(...page.deliveries.map(({ record = "" }) => record));
    if (page.cursor === undefined) break;
    cursor = `&cursor=${page.cursor}`;
  }
  expect(seen.toSorted()).toEqual(["0", "1", "2", "3", "4"]);
  expect(await statuses("?source=bamboohr")).toEqual([]);
});

describe("Erasing a person", () => {
  test("erases who the records are and what failed on them, once nothing is at work", async () => {
    await setRecord(story.world, "5", person("Byron", "ada@example.com"));
    stored(await until(tell(story.world, "5", "created")));
    await pass(minute);
    stored(await until(post(story.world, joiner("ada@example.com", { id: "1", groups: [""] }))));
    stored(await until(post(story.world, joiner("bob@example.com", { id: "2" }))));
    await pass(minute);
    await story.world.sandbox("faults", [{ on: "record", status: 503, times: 9 }]);
    stored(await until(tell(story.world, "5", "deleted")));
    expect((await until(story.world.api.erase("ADA@example.com"))).status).toBe(409);
    await story.world.sandbox("faults", []);
    await setRecord(story.world, "5", null);
    await pass(5 * minute);
    expect((await until(story.world.api.erase("ADA@example.com"))).body).toEqual({ erased: 2 });
    expect((await listed(story.world)).map(({ record }) => record)).toEqual(["2"]);
    // Who the record was is forgotten as well.
    stored(await until(tell(story.world, "5", "deleted", "again")));
    await pass(minute);
    expect((await listed(story.world, "?status=failed")).map(({ reason }) => reason?.message)).toEqual([
      expect.stringMatching(/never mapped/),
    ]);
  });
});
