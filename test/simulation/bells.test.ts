import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { queueName, returnedQueueName } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { accepted, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
let id: string;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const busy = {
  on: "action",
  command: { user: "busy@example.com" },
  errorCode: "error.throttled_by_external_service",
  message: "later",
  times: 1,
};

/** One operation is in the room, due within seconds, and nothing is in the queue. */
beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 } });
  await world.sandbox("faults", [busy]);
  [id = ""] = await accepted(world, create("busy@example.com"));
  await world.clock.advance(5000);
  expect((await operation(world, id)).waiting).toMatchObject({ reason: "held" });
});

afterEach(() => world.stop());

const status = async () => (await operation(world, id)).status;

describe("Bells that nobody answers do not pile up", () => {
  test("while dispatch cannot start: there is one at most, and it is answered once dispatch can", async () => {
    world.broken.add("dispatch");
    for (let count = 0; count < 12; count++) {
      await world.clock.advance(15 * minuteMs);
      expect(await world.messages(queueName)).toBeLessThanOrEqual(1);
    }
    world.broken.delete("dispatch");
    await world.clock.advance(5 * minuteMs);
    expect(await status()).toBe("succeeded");
    expect(await world.messages(queueName)).toBe(0);
  });

  test("while work waits in the queue, which is as good as a bell", async () => {
    world.broken.add("dispatch");
    await accepted(world, create("ada@example.com"));
    await world.clock.advance(hourMs);
    expect(await world.messages(queueName)).toBe(1);
    world.broken.delete("dispatch");
    await world.clock.advance(5 * minuteMs);
    expect(await status()).toBe("succeeded");
  });
});

describe("A bell that is lost is rung anew", () => {
  test("where it never arrived", async () => {
    const handle = world.sqs.handle.bind(world.sqs);
    let lost = 0;
    world.sqs.handle = async (action, input, signal) => {
      if (action !== "SendMessage" || lost > 0) return await handle(action, input, signal);
      lost++;
      return { status: 200, headers: {}, body: { MessageId: "lost", SequenceNumber: "1" } };
    };
    await world.clock.advance(3 * minuteMs);
    expect(lost).toBe(1);
    expect(await status()).toBe("succeeded");
  });

  test("where SQS has handed it out too often and moved it away", async () => {
    world.broken.add("dispatch");
    // The queue shows it a thousand times.
    await world.clock.advance(60 * hourMs);
    expect(await world.messages(returnedQueueName)).toBe(0);
    expect(await world.messages(queueName)).toBeLessThanOrEqual(1);
    world.broken.delete("dispatch");
    await world.clock.advance(5 * minuteMs);
    expect(await status()).toBe("succeeded");
  });

  test("where SQS does not say how long the queue is", async () => {
    const handle = world.sqs.handle.bind(world.sqs);
    world.sqs.handle = async (action, input, signal) => {
      if (action === "GetQueueAttributes") throw new Error("no answer");
      return await handle(action, input, signal);
    };
    await world.clock.advance(2 * minuteMs);
    expect(await status()).toBe("succeeded");
  });
});
