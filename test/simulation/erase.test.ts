import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { formatMessage } from "../../shared/operation/message.ts";
import { operationOf } from "../support/operations.ts";
import { queueName, queueUrl } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, addTo, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
/** What the tables hold, by table and key. */
let stored: Map<string, string>;

const itemSchema = z.looseObject({ pk: z.object({ S: z.string() }), sk: z.optional(z.object({ S: z.string() })) });
const keyOf = (table: string, { pk, sk }: z.infer<typeof itemSchema>) => `${table} ${pk.S} ${sk?.S ?? ""}`;
const putSchema = z.object({ TableName: z.string(), Item: itemSchema });
const deleteSchema = z.object({ TableName: z.string(), Key: itemSchema });
const batchSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.optional(z.object({ Item: itemSchema })),
        DeleteRequest: z.optional(z.object({ Key: itemSchema })),
      }),
    ),
  ),
});

function note(action: string, input: unknown): void {
  if (action === "PutItem") {
    const { TableName, Item } = putSchema.parse(input);
    stored.set(keyOf(TableName, Item), JSON.stringify(Item));
  } else if (action === "DeleteItem") {
    const { TableName, Key } = deleteSchema.parse(input);
    stored.delete(keyOf(TableName, Key));
  } else if (action === "BatchWriteItem")
    for (const [table, requests] of Object.entries(batchSchema.parse(input).RequestItems))
      for (const { PutRequest, DeleteRequest } of requests) {
        if (PutRequest !== undefined) stored.set(keyOf(table, PutRequest.Item), JSON.stringify(PutRequest.Item));
        if (DeleteRequest !== undefined) stored.delete(keyOf(table, DeleteRequest.Key));
      }
}

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 9, credentials, rate: { requests: 10, seconds: 60 } });
  stored = new Map();
  const handle = world.dynamo.handle.bind(world.dynamo);
  world.dynamo.handle = async (action, input, signal) => {
    const answer = await handle(action, input, signal);
    if (answer.status < 400) note(action, input);
    return answer;
  };
});

afterEach(() => world.stop());

const hour = 3600;
const dayMs = 24 * hour * 1000;
const ada = "ada@example.com";
const bob = "bob@example.com";
const endless = { on: "action", times: 1_000_000 };
const busy = { errorCode: "error.throttled_by_external_service", message: "ada@example.com: later" };
const itemsWith = (text: RegExp) => [...stored].filter(([, item]) => text.test(item)).map(([key]) => key);
const sent = async () => (await actionRequests(world)).length;

/** Operations of each kind and end that name her. @returns their ids, and those of others */
async function lived(): Promise<{ readonly hers: string[]; readonly others: string[] }> {
  const [created = "", others = ""] = await accepted(world, [create(ada), create(bob)], {
    "idempotency-key": "joiners",
  });
  await accepted(world, { user: "a.byron@example.com", do: [{ remove: { group: ["TestGroup1"] } }] });
  const [inGroup = "", failed = "", renamed = "", other = ""] = await accepted(world, [
    { usergroup: "TestGroup1", do: [{ add: { user: [bob, "Ada@Example.com"] } }] },
    { user: ada, requestID: "for ada@example.com", do: [{ add: { group: ["no such group"] } }] },
    { user: "a.byron@example.com", do: [{ update: { email: ada, username: ada } }] },
    addTo(bob, "TestGroup1"),
  ]);
  const notBefore = new Date(world.clock.now() + dayMs).toISOString();
  const [canceled = ""] = await accepted(world, { ...addTo(ada, "TestGroup1"), notBefore });
  await world.api.operate(`operations/${canceled}/cancel`);
  await world.drain(hour);
  return { hers: [created, inGroup, failed, renamed, canceled], others: [others, other] };
}

describe("What is kept of a person is erased", () => {
  test("wherever it names the person, in any letter case; other people's operations stay", async () => {
    const { hers, others } = await lived();
    expect(itemsWith(/ada@example/i).length).toBeGreaterThanOrEqual(hers.length);
    expect(await world.api.erase("ADA@example.com")).toEqual({ status: 200, body: { erased: hers.length } });
    expect(itemsWith(/ada@example/i)).toEqual([]);
    for (const id of hers) {
      expect(await world.api.get(`/v1/operations/${id}`)).toMatchObject({ status: 404 });
      expect(await world.api.retry(id)).toMatchObject({ status: 404 });
      expect(await world.api.operate(`operations/${id}/cancel`)).toMatchObject({ status: 404 });
    }
    const left = (await allOperations(world)).map(({ id }) => id);
    expect(left).toEqual(expect.arrayContaining(others));
    expect(left.filter((id) => hers.includes(id))).toEqual([]);
    const call = others[0]?.split("-")[0];
    expect((await allOperations(world, `&call=${call}`)).map(({ id }) => id)).toEqual([others[0]]);
    expect(await allOperations(world, `&user=${ada}`)).toEqual([]);
    expect(await world.api.erase(ada)).toEqual({ status: 200, body: { erased: 0 } });
  });

  test("in a ledger of many pages", async () => {
    await accepted(world, [...users(230).map(create), create(ada)]);
    await world.drain(hour);
    expect(await world.api.erase(ada)).toEqual({ status: 200, body: { erased: 1 } });
    expect(await world.api.erase("user.7@example.com")).toEqual({ status: 200, body: { erased: 1 } });
    expect(await allOperations(world)).toHaveLength(229);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["queued", async () => await world.sandbox("faults", [{ ...endless, status: 429, retryAfter: 300 }])],
    ["held", async () => await world.sandbox("faults", [{ ...endless, command: { user: ada }, ...busy }])],
  ])("but nothing while an operation is %s: it is named, and can be canceled", async (_, befall) => {
    const { hers } = await lived();
    await befall();
    const unfinished = await accepted(world, addTo(ada, "TestGroup1"));
    await world.clock.advance(5000);
    expect(await world.api.erase(ada)).toMatchObject({
      status: 409,
      body: { type: "urn:problem-type:umapi-workers:unfinished", unfinished },
    });
    for (const id of hers) expect(await world.api.get(`/v1/operations/${id}`)).toMatchObject({ status: 200 });
    expect(await world.api.operate(`operations/${unfinished[0]}/cancel`)).toMatchObject({ status: 200 });
    expect(await world.api.erase(ada)).toEqual({ status: 200, body: { erased: hers.length + 1 } });
    expect(itemsWith(/ada@example/i)).toEqual([]);
  });

  test("and a message that SQS has kept of it does nothing, for as long as SQS may keep one", async () => {
    const { hers } = await lived();
    const [id = ""] = hers;
    const at = world.clock.now();
    await world.api.erase(ada);
    await world.pass(13.5 * 24 * hour);
    world.dynamo.deleteExpired(world.clock.now() / 1000);
    const before = await sent();
    await world.sqs.handle("SendMessage", {
      QueueUrl: queueUrl(queueName),
      MessageBody: formatMessage([operationOf(id, addTo(ada, "TestGroup1"), { acceptedAt: at, queuedAt: at })]),
      MessageGroupId: "default",
      MessageDeduplicationId: "again",
    });
    await world.drain(hour);
    expect(await sent()).toBe(before);
    expect(await world.api.get(`/v1/operations/${id}`)).toMatchObject({ status: 404 });
    await world.pass(2 * 24 * hour);
    expect(world.dynamo.deleteExpired(world.clock.now() / 1000)).toBeGreaterThanOrEqual(hers.length);
  });
});

test("Beside the rows, nothing that is stored names anybody: not calls, lane, marks, nor the waiting room", async () => {
  await world.sandbox("faults", [{ ...endless, command: { user: ada }, ...busy }]);
  const notBefore = new Date(world.clock.now() + dayMs).toISOString();
  await accepted(world, [create(ada), addTo(ada, "TestGroup1"), { ...create(bob), notBefore }], {
    "idempotency-key": "joiners of ada@example.com",
  });
  await world.clock.advance(60_000);
  await world.api.operate("lane/pause");
  await accepted(world, create("carl@example.com"));
  await world.clock.advance(60_000);
  const elsewhere = [...stored].filter(([key]) => !key.startsWith("ledger operation#"));
  expect(new Set(elsewhere.map(([key]) => key.split(/[ #]/, 2).join(" ")))).toEqual(
    new Set(["ledger call", "ledger lane", "ledger pause", "ledger hidden", "room default"]),
  );
  expect(elsewhere.filter((entry) => /example\.com|ada|byron|bob|carl/i.test(entry.join(" ")))).toEqual([]);
});
