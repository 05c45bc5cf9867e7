import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { credentials } from "./credentials.ts";
import {
  accepted,
  actionRequests,
  addTo,
  allOperations,
  create,
  operation,
  sandboxUsers,
  users,
} from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 11, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const hour = 60 * 60;
const day = 24 * hour;
const key = { "idempotency-key": "hr-event-1" };

describe("An Idempotency-Key", () => {
  test("gives the same answer for the same payload, and queues it once", async () => {
    const first = await world.api.post(users(3).map(create), key);
    const second = await world.api.post(users(3).map(create), key);
    expect(first.status).toBe(202);
    expect(second).toEqual(first);
    await world.drain(hour);
    expect(await world.api.post(users(3).map(create), key)).toEqual(first);
    expect(await allOperations(world)).toHaveLength(3);
    expect((await actionRequests(world)).map(({ commands }) => commands)).toEqual([3]);
  });

  test("is refused with another payload, of which nothing is queued", async () => {
    await world.api.post(users(3).map(create), key);
    expect(await world.api.post(users(4).map(create), key)).toMatchObject({ status: 422 });
    await world.drain(hour);
    expect(await allOperations(world)).toHaveLength(3);
  });

  test("answers 409 while the first call is still running", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => world.api.post(users(30).map(create), key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    await world.drain(hour);
    expect(await allOperations(world)).toHaveLength(30);
  });

  test("is forgotten after 14 days, and then means new operations", async () => {
    const first = await accepted(world, create("user.0@example.com"), key);
    await world.drain(hour);
    await world.pass(14 * day);
    const second = await accepted(world, create("user.1@example.com"), key);
    expect(second).not.toEqual(first);
    await world.drain(hour);
    expect(await operation(world, second[0] ?? "")).toMatchObject({ status: "succeeded", user: "user.1@example.com" });
  });
});

describe("When SQS refuses", () => {
  test("one entry of ten for good, the call says what was queued; repeated under its key it continues, in order", async () => {
    const isThird = (entry: unknown) => JSON.stringify(entry).includes('"Id":"2"');
    const stopRefusing = world.sqs.refuse({ action: "SendMessageBatch", entries: isThird, times: 99 });
    const people = users(10);
    const body = [...people.map(create), ...people.map((user) => addTo(user, "TestGroup1"))];
    const answer = await world.api.post(body, key);
    expect(answer).toMatchObject({ status: 503 });
    const { queued, notQueued } = z
      .looseObject({ queued: z.array(z.string()), notQueued: z.array(z.string()) })
      .parse(answer.body);
    expect(queued).toHaveLength(18);
    expect(notQueued).toHaveLength(2);
    for (const id of notQueued) expect(await world.api.get(`/v1/operations/${id}`)).toMatchObject({ status: 404 });
    stopRefusing();
    expect((await accepted(world, body, key)).toSorted()).toEqual([...queued, ...notQueued].toSorted());
    await world.drain(hour);
    expect((await allOperations(world)).map(({ status }) => status)).toEqual(Array(20).fill("succeeded"));
    expect((await sandboxUsers(world)).map(({ groups }) => groups)).toEqual(Array(10).fill(["TestGroup1"]));
  });

  test("an entry for a moment, or loses its answer, the caller sees nothing of it and nothing is sent twice", async () => {
    world.sqs.refuse({ action: "SendMessageBatch", entries: [2], times: 1 });
    world.sqs.refuse({ action: "SendMessageBatch", applied: true, after: 2, times: 1 });
    const people = users(40);
    await accepted(world, people.map(create));
    await world.drain(hour);
    const requests = await actionRequests(world);
    expect(requests.reduce((sum, { commands }) => sum + commands, 0)).toBe(40);
    expect(await sandboxUsers(world)).toHaveLength(40);
  });
});

describe("When a call dies between the queue and the ledger", () => {
  test("dispatch writes the rows, and a repeat under the key gives the same operations", async () => {
    // The call's record is the first write; the rows come after the messages.
    const recover = world.dynamo.refuse({ action: "PutItem", after: 1, times: 3 });
    const answer = await world.api.post(users(3).map(create), key);
    expect(answer.status).toBe(500);
    recover();
    await world.drain(hour);
    expect((await allOperations(world)).map(({ status }) => status)).toEqual(["succeeded", "succeeded", "succeeded"]);
    await world.clock.advance(61_000);
    const ids = await accepted(world, users(3).map(create), key);
    await world.drain(hour);
    for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await sandboxUsers(world)).toHaveLength(3);
  });
});

describe("When the table's answer to a call's record is lost", () => {
  test("the call knows its own record, and is accepted", async () => {
    world.sdkTries = 3;
    world.dynamo.refuse({ action: "PutItem", applied: true, times: 1 });
    const ids = await accepted(world, users(3).map(create));
    await world.drain(hour);
    for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await sandboxUsers(world)).toHaveLength(3);
  });
});

describe("Retry", () => {
  const refused = {
    on: "action",
    command: { user: "user.0@example.com" },
    errorCode: "error.user.type_unknown",
    step: 0,
  };

  test("puts a failed operation back, with its charges at zero", async () => {
    await world.sandbox("faults", [{ ...refused, times: 1 }]);
    const [id = ""] = await accepted(world, create("user.0@example.com"));
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "failed", error: { step: 0, certain: true } });
    expect(await world.api.retry(id)).toEqual({ status: 202, body: { id, status: "queued" } });
    expect(await operation(world, id)).toMatchObject({ status: "queued", attempts: 0 });
    expect((await operation(world, id)).error).toBeUndefined();
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await world.api.retry(id)).toMatchObject({ status: 409 });
    expect(await world.api.retry("0-0")).toMatchObject({ status: 404 });
  });

  test("wants to be confirmed once newer work on the same user has succeeded", async () => {
    await accepted(world, create("user.0@example.com"));
    await world.drain(hour);
    await world.sandbox("faults", [{ ...refused, times: 1 }]);
    const update = (lastname: string) => ({ user: "user.0@example.com", do: [{ update: { lastname } }] });
    const [id = ""] = await accepted(world, update("Older"));
    await world.drain(hour);
    await accepted(world, update("Newer"));
    await world.drain(hour);
    expect(await world.api.retry(id)).toMatchObject({ status: 409 });
    expect(await world.api.retry(id, "?confirm=maybe")).toMatchObject({ status: 400 });
    expect(await world.api.retry(id, "?confirm=true")).toMatchObject({ status: 202 });
    await world.drain(hour);
    expect((await sandboxUsers(world))[0]?.lastname).toBe("Older");
  });
});

describe("An operation that waits for longer than SQS keeps its message", () => {
  test("is parked before that, and goes once Adobe takes it; it was never charged", async () => {
    await world.sandbox("faults", [{ on: "action", status: 429, retryAfter: 3244, times: 1_000_000 }]);
    const [id = ""] = await accepted(world, create("user.0@example.com"));
    await world.clock.advance(1000);
    expect(await operation(world, id)).toMatchObject({ status: "queued", waiting: { reason: "throttled" } });
    await world.pass(13 * day);
    await world.sweep();
    await world.pass(8 * day);
    expect(await operation(world, id)).toMatchObject({ status: "queued", attempts: 0 });
    await world.sandbox("faults", []);
    await world.drain(day);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await sandboxUsers(world)).toHaveLength(1);
    expect(await world.deadLetters()).toBe(0);
  });
});
