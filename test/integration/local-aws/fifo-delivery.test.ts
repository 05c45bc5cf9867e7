import type { Message } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const SECOND = 1000;

/** A queue with `count` messages of one group, m1 first, and its clock. */
async function queueOf(count: number) {
  const { client, clock } = localSqs();
  const queue = await fifoQueue(client);
  await queue.send("g", ...Array.from({ length: count }, (_, i) => `m${i + 1}`));
  return { queue, clock };
}

describe("a receive on a FIFO queue", () => {
  it("gives up to ten messages of one group, in order", async () => {
    const { queue } = await queueOf(12);
    const messages = await queue.receive();
    expect(bodies(messages)).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 1}`));
  });

  it("gives one message where no number is asked for", async () => {
    const { queue } = await queueOf(2);
    expect(bodies(await queue.receive({ MaxNumberOfMessages: undefined }))).toEqual(["m1"]);
  });

  it("takes as many as it can from the group that came first before it takes from another", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    await queue.send("a", "a1");
    await queue.send("b", "b1");
    await queue.send("a", "a2", "a3");
    await queue.send("c", "c1");
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 4 }))).toEqual(["a1", "a2", "a3", "b1"]);
    expect(bodies(await queue.receive())).toEqual(["c1"]);
  });

  it("gives nothing of a group while its first message is hidden, also what is sent meanwhile", async () => {
    const { queue } = await queueOf(3);
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 1 }))).toEqual(["m1"]);
    await queue.send("g", "m4");
    expect(await queue.receive()).toEqual([]);
  });

  it("gives another group's messages while one group is blocked", async () => {
    const { queue } = await queueOf(3);
    await queue.receive({ MaxNumberOfMessages: 1 });
    await queue.send("other", "o1");
    expect(bodies(await queue.receive())).toEqual(["o1"]);
  });

  it("gives m1 alone when m1 is visible again and m2 is still hidden", async () => {
    const { queue } = await queueOf(3);
    const [m1] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.hide(m1, 0);
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("gives m1 alone when m1's visibility has run out before m2's", async () => {
    const { queue, clock } = await queueOf(3);
    const [m1] = await queue.receive({ MaxNumberOfMessages: 2, VisibilityTimeout: 60 });
    await queue.hide(m1, 5);
    await clock.advance(5 * SECOND);
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("does not give m3 when m1 is deleted and m2 is hidden", async () => {
    const { queue, clock } = await queueOf(3);
    const [m1] = await queue.receive({ MaxNumberOfMessages: 2, VisibilityTimeout: 30 });
    await queue.delete(m1);
    expect(await queue.receive()).toEqual([]);
    await clock.advance(30 * SECOND);
    expect(bodies(await queue.receive())).toEqual(["m2", "m3"]);
  });

  it("goes on with m3 when m2 is deleted from between and m1 is visible again", async () => {
    const { queue } = await queueOf(3);
    const [m1, m2] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.delete(m2);
    await queue.hide(m1, 0);
    expect(bodies(await queue.receive())).toEqual(["m1", "m3"]);
  });

  it("keeps the group's order when its messages come back in another order", async () => {
    const { queue } = await queueOf(3);
    const [m1, m2, m3] = await queue.receive();
    for (const message of [m3, m1, m2]) await queue.hide(message, 0);
    expect(bodies(await queue.receive())).toEqual(["m1", "m2", "m3"]);
  });

  it("gives each message once where they are hidden for no time at all, and again in the next receive", async () => {
    const { queue } = await queueOf(2);
    const all = { VisibilityTimeout: 0 };
    expect(bodies(await queue.receive(all))).toEqual(["m1", "m2"]);
    expect(bodies(await queue.receive(all))).toEqual(["m1", "m2"]);
  });

  it("counts receives, not failures, and remembers when the first was", async () => {
    const { queue, clock } = await queueOf(1);
    const first = clock.now();
    const [once] = await queue.receive({ VisibilityTimeout: 1 });
    await clock.advance(1 * SECOND);
    const [twice] = await queue.receive();
    const attributes = (message: Message | undefined) => [
      message?.Attributes?.ApproximateReceiveCount,
      message?.Attributes?.ApproximateFirstReceiveTimestamp,
    ];
    expect(attributes(once)).toEqual(["1", String(first)]);
    expect(attributes(twice)).toEqual(["2", String(first)]);
  });

  it("numbers messages in order, in twenty digits", async () => {
    const { queue } = await queueOf(10);
    const numbers = (await queue.receive()).map(({ Attributes }) => Attributes?.SequenceNumber ?? "");
    expect(numbers).toEqual([...numbers].sort());
    expect(new Set(numbers).size).toBe(10);
    for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
  });

  it("gives only the attributes asked for", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    const StringValue = "x";
    const MessageAttributes = Object.fromEntries(
      ["Help.Me", "Help.You", "Hello"].map((name) => [name, { DataType: "String", StringValue }]),
    );
    await queue.sendOne({ MessageAttributes });
    const [message] = await queue.receive({
      MessageAttributeNames: ["Help.*"],
      MessageSystemAttributeNames: ["MessageGroupId"],
    });
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(["Help.Me", "Help.You"]);
    expect(message?.Attributes).toEqual({ MessageGroupId: "g" });
  });
});

describe("a queue's numbers", () => {
  it("tell visible, hidden and delayed messages apart", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client, "delayed.fifo", { DelaySeconds: "10" });
    await queue.send("g", "m1", "m2", "m3");
    expect(await queue.counts()).toEqual([0, 0, 3]);
    expect(await queue.receive()).toEqual([]);
    await clock.advance(10 * SECOND);
    const [m1] = await queue.receive({ MaxNumberOfMessages: 2 });
    expect(await queue.counts()).toEqual([1, 2, 0]);
    await queue.delete(m1);
    expect(await queue.counts()).toEqual([1, 1, 0]);
    await clock.advance(30 * SECOND);
    expect(await queue.counts()).toEqual([2, 0, 0]);
  });
});

describe("a message's retention", () => {
  it("ends after four days, also while the message is hidden", async () => {
    const { queue, clock } = await queueOf(2);
    await clock.advance(4 * 86_400 * SECOND - 10 * SECOND);
    const [m1] = await queue.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 60 });
    await queue.send("g", "m3");
    await clock.advance(10 * SECOND);
    expect(await queue.counts()).toEqual([1, 0, 0]);
    await expect(queue.hide(m1, 60)).rejects.toThrow("Message does not exist or is not available");
    expect(bodies(await queue.receive())).toEqual(["m3"]);
  });

  it("is the queue's own where it is set", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client, "short.fifo", { MessageRetentionPeriod: "60" });
    await queue.send("g", "m1");
    await clock.advance(59 * SECOND);
    expect(await queue.counts()).toEqual([1, 0, 0]);
    await clock.advance(1 * SECOND);
    expect(await queue.counts()).toEqual([0, 0, 0]);
  });
});
