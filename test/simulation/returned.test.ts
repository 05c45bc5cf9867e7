import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bell } from "../../shared/operation/bell.ts";
import { formatMessage } from "../../shared/operation/message.ts";
import { queueName, queueUrl, returnedQueueName } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, addTo, allOperations, create, sandboxUsers, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const hour = 60 * 60;

const statuses = async () => (await allOperations(world)).map(({ status, attempts }) => [status, attempts]);

/** Puts a message into the queue of what SQS has moved away. */
async function moveAway(body: string, id: string): Promise<void> {
  const message = { MessageBody: body, MessageGroupId: "default", MessageDeduplicationId: id };
  await world.sqs.handle("SendMessage", { QueueUrl: queueUrl(returnedQueueName), ...message });
}

describe("While dispatch cannot start", () => {
  test("for 60 hours, SQS moves ten healthy operations away; then they all succeed, in order, and none is dead-lettered", async () => {
    world.broken.add("dispatch");
    const people = users(5);
    await accepted(world, people.map(create));
    await accepted(
      world,
      people.map((user) => addTo(user, "TestGroup1")),
    );
    await world.clock.advance(60 * hour * 1000);
    expect(world.queue.mostReceives).toBeGreaterThan(1000);
    expect(await statuses()).toEqual(Array(10).fill(["queued", 0]));
    expect(await actionRequests(world)).toEqual([]);

    world.broken.delete("dispatch");
    await world.drain(hour);
    expect(await statuses()).toEqual(Array(10).fill(["succeeded", 0]));
    expect((await sandboxUsers(world)).map(({ groups }) => groups)).toEqual(Array(5).fill(["TestGroup1"]));
    expect(await world.deadLetters()).toBe(0);
  }, 120_000);
});

describe("Of what SQS has moved away", () => {
  test("operations without a row, whose call died before it wrote them, are written anew", async () => {
    world.broken.add("dispatch");
    // The call's record is the first write; the rows come after the messages.
    const recover = world.dynamo.refuse({ action: "PutItem", after: 1, times: 3 });
    expect((await world.api.post(users(3).map(create))).status).toBe(500);
    recover();
    for (const operation of world.queue.queued.values()) await moveAway(formatMessage([operation]), operation.id);
    await world.clock.advance(1000);
    expect(await statuses()).toEqual(Array(3).fill(["queued", 0]));

    world.broken.delete("dispatch");
    await world.drain(hour);
    expect(await statuses()).toEqual(Array(3).fill(["succeeded", 0]));
    expect(await sandboxUsers(world)).toHaveLength(3);
  });

  test("an operation that has ended meanwhile stays as it is", async () => {
    await accepted(world, create("ada@example.com"));
    await world.drain(hour);
    for (const operation of world.queue.queued.values()) await moveAway(formatMessage([operation]), "again");
    await world.drain(hour);
    expect(await statuses()).toEqual([["succeeded", 0]]);
    expect(await actionRequests(world)).toHaveLength(1);
  });

  test("an operation that is parked already keeps its own wait", async () => {
    const busy = { errorCode: "error.throttled_by_external_service", message: "later", times: 3 };
    await world.sandbox("faults", [{ on: "action", command: { user: "ada@example.com" }, ...busy }]);
    await accepted(world, create("ada@example.com"));
    await world.clock.advance(1000);
    const [before] = await allOperations(world);
    for (const operation of world.queue.queued.values()) await moveAway(formatMessage([operation]), "again");
    await world.clock.advance(2000);
    expect(await world.messages(returnedQueueName)).toBe(0);
    expect(await allOperations(world)).toEqual([before]);
  });

  test.each(["no JSON", '{"operations":[]}', '{"operations":[{"id":"1"}]}'])(
    "%s is dead-lettered, and what stands behind it is taken up",
    async (poison) => {
      await moveAway(poison, "poison");
      world.broken.add("dispatch");
      await accepted(world, create("ada@example.com"));
      const [operation] = world.queue.queued.values();
      if (operation === undefined) throw new Error("nothing was queued");
      await moveAway(formatMessage([operation]), "healthy");
      await world.clock.advance(60_000);
      expect(await world.messages(returnedQueueName)).toBe(0);
      expect(await world.deadLetters()).toBe(1);
      expect(world.ledger.reasons).toEqual(new Set(["ready"]));
    },
  );

  test("a bell is let go", async () => {
    await moveAway(bell, "bell");
    await world.clock.advance(60_000);
    expect(await world.messages(returnedQueueName)).toBe(0);
    expect(await world.deadLetters()).toBe(0);
  });

  test("what the table cannot take, or the dead-letter queue, stays where it is and is taken up later", async () => {
    world.broken.add("dispatch");
    await accepted(world, create("ada@example.com"));
    const [operation] = world.queue.queued.values();
    if (operation === undefined) throw new Error("nothing was queued");
    world.dynamo.refuse({ action: "BatchWriteItem", times: 2 });
    world.sqs.refuse({ action: "SendMessage", after: 2, times: 2 });
    await moveAway("no JSON", "poison");
    await moveAway(formatMessage([operation]), "healthy");
    await world.clock.advance(60_000);
    expect(await world.messages(returnedQueueName)).toBe(2);
    await world.clock.advance(10 * 60_000);
    expect(await world.messages(returnedQueueName)).toBe(0);
    expect(await world.deadLetters()).toBe(1);
    expect(world.ledger.reasons).toEqual(new Set(["ready"]));
    world.broken.delete("dispatch");
    await world.drain(hour);
    expect(await statuses()).toEqual([["succeeded", 0]]);
    expect(await world.messages(queueName)).toBe(0);
  });
});
