import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const SECOND = 1000;

async function queueWithOne() {
  const { client, clock } = localSqs();
  const queue = await fifoQueue(client);
  await queue.send("g", "m1");
  return { queue, clock };
}

describe("a message's visibility", () => {
  it("is thirty seconds from the receive unless the queue or the receive says otherwise", async () => {
    const { queue, clock } = await queueWithOne();
    await queue.receive();
    await clock.advance(30 * SECOND - 1);
    expect(await queue.receive()).toEqual([]);
    await clock.advance(1);
    expect(bodies(await queue.receive({ VisibilityTimeout: 5 }))).toEqual(["m1"]);
    await clock.advance(5 * SECOND);
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("counts anew from the moment it is changed", async () => {
    const { queue, clock } = await queueWithOne();
    const [m1] = await queue.receive();
    await clock.advance(20 * SECOND);
    await queue.hide(m1, 60);
    await clock.advance(59 * SECOND);
    expect(await queue.receive()).toEqual([]);
    await clock.advance(1 * SECOND);
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("may be twelve hours in total from the receive, and no second more", async () => {
    const { queue, clock } = await queueWithOne();
    const [m1] = await queue.receive();
    await queue.hide(m1, 43_200);
    await clock.advance(1 * SECOND);
    await expect(queue.hide(m1, 43_200)).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message:
        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
    });
    await queue.hide(m1, 43_199);
    await clock.advance(43_199 * SECOND);
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it.each([-1, 43_201])("is refused at %i seconds for a receive", async (VisibilityTimeout) => {
    const { queue } = await queueWithOne();
    await expect(queue.receive({ VisibilityTimeout })).rejects.toThrow("Must be between 0 and 43200");
  });

  it("cannot be negative when it is changed", async () => {
    const { queue } = await queueWithOne();
    const [m1] = await queue.receive();
    await expect(queue.hide(m1, -1)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  });
});

describe("a receipt handle of a FIFO queue", () => {
  it("deletes its message while the message is hidden, and again after that without complaint", async () => {
    const { queue, clock } = await queueWithOne();
    const [m1] = await queue.receive();
    await queue.delete(m1);
    await queue.delete(m1);
    await clock.advance(30 * SECOND);
    expect(await queue.receive()).toEqual([]);
  });

  it("deletes nothing once the visibility has run out", async () => {
    const { queue, clock } = await queueWithOne();
    const [m1] = await queue.receive();
    await clock.advance(30 * SECOND);
    await expect(queue.delete(m1)).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: `Value ${m1?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    });
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("deletes and hides nothing once the message was given back or received again", async () => {
    const { queue } = await queueWithOne();
    const [first] = await queue.receive();
    await queue.hide(first, 0);
    await expect(queue.delete(first)).rejects.toThrow("The receipt handle has expired.");
    const [second] = await queue.receive();
    await expect(queue.delete(first)).rejects.toThrow("The receipt handle has expired.");
    await expect(queue.hide(first, 60)).rejects.toThrow("not available for visibility timeout change");
    await queue.delete(second);
  });

  it("changes no visibility once it has run out, or once the message is deleted", async () => {
    const { queue, clock } = await queueWithOne();
    const [m1] = await queue.receive();
    await clock.advance(30 * SECOND);
    const message = `Value ${m1?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`;
    await expect(queue.hide(m1, 60)).rejects.toMatchObject({ name: "InvalidParameterValue", message });
    const [again] = await queue.receive();
    await queue.delete(again);
    await expect(queue.hide(again, 60)).rejects.toThrow("Message does not exist");
  });

  it.each(["forged", "", Buffer.from("other.fifo id 1").toString("base64")])(
    "is refused where the queue never gave it out: %j",
    async (ReceiptHandle) => {
      const { queue } = await queueWithOne();
      await expect(queue.delete({ ReceiptHandle })).rejects.toMatchObject({ name: "ReceiptHandleIsInvalid" });
      await expect(queue.hide({ ReceiptHandle }, 1)).rejects.toMatchObject({ name: "ReceiptHandleIsInvalid" });
    },
  );
});

describe("a long poll", () => {
  async function poll(WaitTimeSeconds = 20) {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    let answer: (string | undefined)[] | undefined;
    const start = () => {
      void queue.receive({ WaitTimeSeconds }).then((messages) => {
        answer = bodies(messages);
      });
    };
    return { queue, clock, start, answer: () => answer };
  }

  it("is answered with nothing when its time is up, and not before", async () => {
    const { clock, start, answer } = await poll();
    start();
    await clock.advance(20 * SECOND - 1);
    expect(answer()).toBeUndefined();
    await clock.advance(1);
    expect(answer()).toEqual([]);
  });

  it("is woken by a message", async () => {
    const { queue, clock, start, answer } = await poll();
    start();
    await clock.advance(3 * SECOND);
    await queue.send("g", "m1");
    await clock.advance(0);
    expect(answer()).toEqual(["m1"]);
  });

  it("is woken by a visibility that runs out, at that very moment", async () => {
    const { queue, clock, start, answer } = await poll();
    await queue.send("g", "m1");
    await queue.receive({ VisibilityTimeout: 7 });
    start();
    await clock.advance(7 * SECOND - 1);
    expect(answer()).toBeUndefined();
    await clock.advance(1);
    expect(answer()).toEqual(["m1"]);
  });

  it("learns of a visibility that is cut short, and of a deletion that frees the group", async () => {
    const { queue, clock, start, answer } = await poll();
    await queue.send("g", "m1", "m2");
    const [m1] = await queue.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 600 });
    start();
    await clock.advance(1 * SECOND);
    await queue.hide(m1, 3);
    await clock.advance(2 * SECOND);
    await queue.delete(m1);
    await clock.advance(0);
    expect(answer()).toEqual(["m2"]);
  });

  it("lasts as long as the queue says where the receive says nothing, and not at all by default", async () => {
    const { client, clock } = localSqs();
    const patient = await fifoQueue(client, "patient.fifo", { ReceiveMessageWaitTimeSeconds: "5" });
    const waiting = patient.receive();
    await clock.advance(5 * SECOND);
    expect(await waiting).toEqual([]);
    expect(await (await fifoQueue(client)).receive()).toEqual([]);
  });

  it("gives a message to one of those who wait", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    const waiting = [1, 2, 3].map(() => queue.receive({ WaitTimeSeconds: 10 }));
    await clock.advance(1 * SECOND);
    await queue.send("g", "m1");
    await clock.advance(10 * SECOND);
    expect((await Promise.all(waiting)).map(bodies)).toEqual([["m1"], [], []]);
  });
});
