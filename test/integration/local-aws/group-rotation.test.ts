import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const SECOND = 1000;

/** A queue with messages of the groups that their names start with, in the order given. */
async function queueOf(...names: string[]) {
  const { client, clock } = localSqs();
  const queue = await fifoQueue(client);
  for (const name of names) await queue.send(name.slice(0, 2), name);
  return { queue, clock };
}

/** Orders that AWS gave where LocalStack's tests were run against it (tests/aws/services/sqs/test_sqs.py). */
describe("groups take turns as AWS's do", () => {
  it("when messages were hidden for no time at all", async () => {
    const { queue } = await queueOf("g1-m1", "g2-m1", "g2-m2", "g3-m1", "g1-m2");
    const first = await queue.receive({ MaxNumberOfMessages: 3, VisibilityTimeout: 0 });
    expect(bodies(first)).toEqual(["g1-m1", "g1-m2", "g2-m1"]);
    const second = await queue.receive({ VisibilityTimeout: 0 });
    expect(bodies(second)).toEqual(["g3-m1", "g1-m1", "g1-m2", "g2-m1", "g2-m2"]);
  });

  it("when one message is given back at once", async () => {
    const { queue } = await queueOf("g1-m1", "g1-m2", "g2-m1");
    const [m1] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.hide(m1, 0);
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 3 }))).toEqual(["g2-m1", "g1-m1"]);
  });

  it("when one message's visibility runs out", async () => {
    const { queue, clock } = await queueOf("g1-m1", "g1-m2", "g2-m1");
    const [m1] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.hide(m1, 1);
    await clock.advance(2 * SECOND);
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 3 }))).toEqual(["g2-m1", "g1-m1"]);
  });

  it("when the visibility of two groups runs out", async () => {
    const { queue, clock } = await queueOf("g1-m1", "g1-m2", "g1-m3", "g1-m4", "g2-m1", "g3-m1");
    const hidden = { VisibilityTimeout: 1 };
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 2, ...hidden }))).toEqual(["g1-m1", "g1-m2"]);
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 1, ...hidden }))).toEqual(["g2-m1"]);
    await clock.advance(2 * SECOND);
    const all = await queue.receive({ VisibilityTimeout: 0 });
    expect(bodies(all)).toEqual(["g3-m1", "g1-m1", "g1-m2", "g1-m3", "g1-m4", "g2-m1"]);
  });
});

describe("a group that was handed out stands behind the others", () => {
  it("with what it has left, once the messages handed out are deleted", async () => {
    const { queue } = await queueOf("g1-m1", "g1-m2", "g2-m1", "g2-m2", "g3-m1");
    const order: unknown[] = [];
    for (let receives = 0; receives < 5; receives++) {
      const [message] = await queue.receive({ MaxNumberOfMessages: 1 });
      order.push(message?.Body);
      await queue.delete(message);
    }
    expect(order).toEqual(["g1-m1", "g2-m1", "g3-m1", "g1-m2", "g2-m2"]);
  });

  it("in the order in which the groups came back, not in that of their messages", async () => {
    const { queue } = await queueOf("g1-m1", "g2-m1", "g3-m1");
    const [m1, m2, m3] = await queue.receive();
    for (const message of [m3, m1, m2]) await queue.hide(message, 0);
    expect(bodies(await queue.receive())).toEqual(["g3-m1", "g1-m1", "g2-m1"]);
  });

  it("but before groups that came later than it came back", async () => {
    const { queue, clock } = await queueOf("g1-m1");
    await queue.receive({ VisibilityTimeout: 5 });
    await clock.advance(6 * SECOND);
    await queue.send("g2", "g2-m1");
    expect(bodies(await queue.receive())).toEqual(["g1-m1", "g2-m1"]);
  });

  it("so that one that is requeued again and again starves no other", async () => {
    const { queue } = await queueOf("g1-m1", "g2-m1", "g3-m1");
    const seen: unknown[] = [];
    for (let receives = 0; receives < 6; receives++) {
      const [message] = await queue.receive({ MaxNumberOfMessages: 1 });
      seen.push(message?.Body);
      await queue.hide(message, 0);
    }
    expect(seen).toEqual(["g1-m1", "g2-m1", "g3-m1", "g1-m1", "g2-m1", "g3-m1"]);
  });
});
