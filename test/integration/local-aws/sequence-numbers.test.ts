import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { fifoQueue, localSqs, queueWithDeadLetters } from "./local-sqs.ts";

const number = (text: string | undefined) => BigInt(text ?? "none");

describe("a message's sequence number", () => {
  it("is the same in the answer to the send and in every receive", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    const { SequenceNumber } = await queue.sendOne({ MessageBody: "one" });
    const Entries = ["two", "three"].map((Id) => ({
      Id,
      MessageBody: Id,
      MessageGroupId: "g",
      MessageDeduplicationId: Id,
    }));
    const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queue.QueueUrl, Entries }));
    const sent = [SequenceNumber, ...Successful.map((entry) => entry.SequenceNumber)];
    for (const MessageSystemAttributeNames of [["All"], ["SequenceNumber"]] as const) {
      const received = await queue.receive({
        MessageSystemAttributeNames: [...MessageSystemAttributeNames],
        VisibilityTimeout: 0,
      });
      expect(received.map(({ Attributes }) => Attributes?.SequenceNumber)).toEqual(sent);
    }
  });

  it("is a decimal of at most 128 bits that grows in its group, and not by one", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    const sent: bigint[] = [];
    for (let message = 0; message < 20; message++) {
      const MessageGroupId = message % 3 === 0 ? "other" : "g";
      const { SequenceNumber } = await queue.sendOne({ MessageBody: String(message), MessageGroupId });
      expect(SequenceNumber).toMatch(/^[1-9]\d+$/);
      if (MessageGroupId === "g") sent.push(number(SequenceNumber));
    }
    for (const [index, later] of sent.slice(1).entries()) expect(later - (sent[index] ?? 0n)).toBeGreaterThan(1n);
    expect(sent.every((each) => each < 2n ** 128n)).toBe(true);
  });

  it("grows on where a queue is deleted and made again", async () => {
    const { client } = localSqs();
    const first = await fifoQueue(client);
    const { SequenceNumber: before } = await first.sendOne({});
    await client.send(new DeleteQueueCommand({ QueueUrl: first.QueueUrl }));
    const { SequenceNumber: after } = await (await fifoQueue(client)).sendOne({});
    expect(number(after)).toBeGreaterThan(number(before));
  });

  it.each([0, 1, 2])("is another one among the dead letters, in the old order (%i sent before)", async (before) => {
    const { client } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 1);
    for (let message = 0; message < before; message++) await deadLetters.sendOne({ MessageBody: `earlier-${message}` });
    await queue.send("lane", "m1", "m2");
    const alive = await queue.receive({ VisibilityTimeout: 0 });
    expect(await queue.receive()).toEqual([]);
    const dead = (await deadLetters.receive()).slice(before);
    expect(dead.map(({ MessageId }) => MessageId)).toEqual(alive.map(({ MessageId }) => MessageId));
    const numbers = [...alive, ...dead].map(({ Attributes }) => number(Attributes?.SequenceNumber));
    expect(new Set(numbers).size).toBe(4);
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
  });

  it("is not given to a standard queue's message", async () => {
    const { client } = localSqs();
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "plain" }));
    const { SequenceNumber } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
    expect(SequenceNumber).toBeUndefined();
  });
});
