import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const SECOND = 1000;

describe("deduplication", () => {
  it("swallows a message whose id was used within five minutes, and answers the first one's id and number", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    const first = await queue.sendOne({ MessageDeduplicationId: "same", MessageBody: "one" });
    await clock.advance(300 * SECOND - 1);
    const again = await queue.sendOne({ MessageDeduplicationId: "same", MessageBody: "two" });
    expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    expect(bodies(await queue.receive())).toEqual(["one"]);
  });

  it("ends five minutes after the first message, whatever was swallowed since", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    for (const wait of [200, 99, 1]) {
      await queue.sendOne({ MessageDeduplicationId: "same" });
      await clock.advance(wait * SECOND);
    }
    await queue.sendOne({ MessageDeduplicationId: "same" });
    expect(await queue.counts()).toEqual([2, 0, 0]);
  });

  it("outlives the message's deletion", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    await queue.send("g", "m1");
    const [m1] = await queue.receive();
    await queue.delete(m1);
    await queue.send("g", "m1");
    expect(await queue.receive()).toEqual([]);
    await clock.advance(300 * SECOND);
    await queue.send("g", "m1");
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("holds across groups, unless its scope is the group", async () => {
    const { client } = localSqs();
    const whole = await fifoQueue(client, "whole.fifo");
    const scoped = await fifoQueue(client, "scoped.fifo", { DeduplicationScope: "messageGroup" });
    for (const queue of [whole, scoped]) {
      for (const MessageGroupId of ["a", "b", "a"])
        await queue.sendOne({ MessageGroupId, MessageDeduplicationId: "1" });
    }
    expect(await whole.counts()).toEqual([1, 0, 0]);
    expect(await scoped.counts()).toEqual([2, 0, 0]);
  });

  it.each([
    ["queue", "messageGroup", ["1"]],
    ["messageGroup", "queue", ["1", "2", "3"]],
  ])("keeps the scope of an id that was used when it changes from %s to %s", async (from, to, expected) => {
    const { client, clock } = localSqs();
    const { QueueUrl, ...queue } = await fifoQueue(client, "work.fifo", { DeduplicationScope: from });
    const send = (MessageBody: string, MessageGroupId: string, MessageDeduplicationId: string) =>
      queue.sendOne({ MessageBody, MessageGroupId, MessageDeduplicationId });
    await send("1", "a", "used");
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DeduplicationScope: to } }));
    await send("2", "b", "used");
    await clock.advance(61 * SECOND);
    await send("3", "c", "used");
    await send("again", "a", "used");
    expect(bodies(await queue.receive())).toEqual(expected);
  });

  it("takes a changed scope for new ids a minute later, as AWS takes its time", async () => {
    const { client, clock } = localSqs();
    const { QueueUrl, ...queue } = await fifoQueue(client);
    const sendToTwoGroups = async (MessageDeduplicationId: string) => {
      for (const MessageGroupId of ["a", "b"]) await queue.sendOne({ MessageGroupId, MessageDeduplicationId });
      return queue.counts();
    };
    const Attributes = { DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" };
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    expect(await sendToTwoGroups("at-once")).toEqual([1, 0, 0]);
    await clock.advance(60 * SECOND);
    expect(await sendToTwoGroups("later")).toEqual([3, 0, 0]);
  });

  it("goes by the body's SHA-256 where it is content-based, and by an explicit id before that", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client, "content.fifo", { ContentBasedDeduplication: "true" });
    for (const MessageDeduplicationId of [undefined, undefined, "explicit"]) {
      await queue.sendOne({ MessageBody: "same", MessageDeduplicationId });
    }
    const ids = (await queue.receive()).map(({ Attributes }) => Attributes?.MessageDeduplicationId);
    expect(ids).toEqual(["0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5", "explicit"]);
  });

  it("needs an id where it is not content-based", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    await expect(queue.sendOne({ MessageDeduplicationId: undefined })).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message:
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    });
  });
});
