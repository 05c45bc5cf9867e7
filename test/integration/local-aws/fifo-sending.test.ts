import {
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const MIB = 1_048_576;

describe("a message for a FIFO queue", () => {
  it("takes no delay of its own", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    await expect(queue.sendOne({ DelaySeconds: 2 })).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message:
        "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
    });
    await queue.sendOne({ DelaySeconds: 0 });
    expect(await queue.counts()).toEqual([1, 0, 0]);
  });

  it.each(["MessageGroupId", "MessageDeduplicationId"] as const)(
    "has a %s of 1 to 128 letters, digits and punctuation",
    async (name) => {
      const { client } = localSqs();
      const queue = await fifoQueue(client);
      const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
      for (const id of ["a", "x".repeat(128), `aZ09${punctuation}`])
        await queue.sendOne({ MessageBody: id, [name]: id });
      for (const id of ["", "x".repeat(129), "a b", "ä", "a\n"]) {
        await expect(queue.sendOne({ [name]: id })).rejects.toMatchObject({
          name: "InvalidParameterValue",
          message: `Value ${id} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
        });
      }
    },
  );

  it("is at most 1 MiB in bytes, its attributes included", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    const MessageAttributes = { name: { DataType: "String", StringValue: "value" } };
    const MessageDeduplicationId = "id";
    const room = MIB - "nameStringvalue".length;
    const tooLong = { MessageBody: "é".repeat(Math.ceil(room / 2)), MessageAttributes, MessageDeduplicationId };
    await expect(queue.sendOne(tooLong)).rejects.toThrow("Message must be shorter than 1048576 bytes.");
    await queue.sendOne({ MessageBody: "x".repeat(room), MessageAttributes, MessageDeduplicationId });
  });

  it("needs a body of characters that XML knows", async () => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    const MessageDeduplicationId = "id";
    await expect(queue.sendOne({ MessageBody: "", MessageDeduplicationId })).rejects.toThrow("MessageBody");
    for (const MessageBody of ["\u0000", "a\u001b", "\uffff", "\ud800"]) {
      await expect(queue.sendOne({ MessageBody, MessageDeduplicationId })).rejects.toMatchObject({
        name: "InvalidMessageContents",
      });
    }
    await queue.sendOne({ MessageBody: "\t\n\r 😀", MessageDeduplicationId });
  });

  it.each([
    [{ "a b": { DataType: "String", StringValue: "x" } }, "attribute name is not valid"],
    [{ "AWS.x": { DataType: "String", StringValue: "x" } }, "attribute name is not valid"],
    [{ a: { DataType: "Text", StringValue: "x" } }, "invalid message attribute type"],
    [{ a: { DataType: "String", StringValue: "" } }, "must contain non-empty message attribute value"],
    [{ a: { DataType: "Number", StringValue: "seven" } }, "Can't cast the value"],
    [
      Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, { DataType: "String", StringValue: "x" }])),
      "Number of message attributes [11] exceeds",
    ],
  ])("is refused with bad attributes: %j", async (MessageAttributes, reason) => {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    await expect(queue.sendOne({ MessageAttributes })).rejects.toThrow(reason);
  });
});

describe("a batch", () => {
  async function batchQueue() {
    const { client } = localSqs();
    const queue = await fifoQueue(client);
    const entry = (Id: string, more: Partial<SendMessageBatchRequestEntry> = {}) => ({
      Id,
      MessageBody: Id,
      MessageGroupId: "g",
      MessageDeduplicationId: Id,
      ...more,
    });
    const sendBatch = (Entries: SendMessageBatchRequestEntry[]) =>
      client.send(new SendMessageBatchCommand({ QueueUrl: queue.QueueUrl, Entries }));
    return { client, queue, entry, sendBatch };
  }

  it("keeps the order of its entries", async () => {
    const { queue, entry, sendBatch } = await batchQueue();
    const ids = Array.from({ length: 10 }, (_, i) => `m${i}`);
    const { Successful } = await sendBatch(ids.map((id) => entry(id)));
    expect(Successful?.map(({ Id }) => Id)).toEqual(ids);
    expect(bodies(await queue.receive())).toEqual(ids);
  });

  it("fails entry by entry", async () => {
    const { queue, entry, sendBatch } = await batchQueue();
    const { Successful, Failed } = await sendBatch([
      entry("good"),
      entry("delayed", { DelaySeconds: 5 }),
      entry("spaced", { MessageGroupId: "a b" }),
      entry("fine"),
    ]);
    expect(Successful?.map(({ Id }) => Id)).toEqual(["good", "fine"]);
    expect(Failed).toEqual([
      expect.objectContaining({ Id: "delayed", Code: "InvalidParameterValue", SenderFault: true }),
      expect.objectContaining({ Id: "spaced", Code: "InvalidParameterValue", SenderFault: true }),
    ]);
    expect(bodies(await queue.receive())).toEqual(["good", "fine"]);
  });

  it.each([
    ["EmptyBatchRequest", [], "There should be at least one SendMessageBatchRequestEntry in the request."],
    [
      "TooManyEntriesInBatchRequest",
      Array.from({ length: 11 }, (_, i) => `m${i}`),
      "Maximum number of entries per request are 10. You have sent 11.",
    ],
    ["BatchEntryIdsNotDistinct", ["a", "b", "a"], "Id a repeated."],
    ["InvalidBatchEntryId", ["a:b"], "A batch entry id can only contain alphanumeric characters"],
    ["InvalidBatchEntryId", ["x".repeat(81)], "It can be at most 80 letters long."],
  ])("as a whole is refused with %s", async (name, ids, message) => {
    const { queue, entry, sendBatch } = await batchQueue();
    await expect(sendBatch(ids.map((id) => entry(id)))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(await queue.counts()).toEqual([0, 0, 0]);
  });

  it("is at most 1 MiB in all", async () => {
    const { entry, sendBatch } = await batchQueue();
    const half = "x".repeat(MIB / 2);
    const tooLong = [entry("a", { MessageBody: half }), entry("b", { MessageBody: `${half}x` })];
    await expect(sendBatch(tooLong)).rejects.toMatchObject({
      name: "BatchRequestTooLong",
      message: "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
    });
    const { Successful } = await sendBatch([entry("a", { MessageBody: half }), entry("b", { MessageBody: half })]);
    expect(Successful).toHaveLength(2);
  });

  it("as a whole is refused where an entry lacks its group", async () => {
    const { queue, entry, sendBatch } = await batchQueue();
    const lacking = [entry("a"), entry("b", { MessageGroupId: undefined })];
    const message = "The request must contain the parameter MessageGroupId.";
    await expect(sendBatch(lacking)).rejects.toMatchObject({ name: "InvalidParameterValue", message });
    expect(await queue.counts()).toEqual([0, 0, 0]);
    const alone = queue.sendOne({ MessageGroupId: undefined });
    await expect(alone).rejects.toMatchObject({ name: "MissingParameter", message });
  });

  it("of deletions tells which handles had expired", async () => {
    const { client, queue } = await batchQueue();
    await queue.send("g", "m1", "m2");
    const [m1, m2] = await queue.receive();
    await queue.hide(m2, 0);
    const Entries = [m1, m2].map((message, i) => ({ Id: `e${i}`, ReceiptHandle: message?.ReceiptHandle }));
    const { Successful, Failed } = await client.send(
      new DeleteMessageBatchCommand({ QueueUrl: queue.QueueUrl, Entries }),
    );
    expect(Successful).toEqual([{ Id: "e0" }]);
    expect(Failed).toEqual([expect.objectContaining({ Id: "e1", Code: "InvalidParameterValue", SenderFault: true })]);
  });
});

describe("the queue's own message size", () => {
  it("holds as soon as it is set", async () => {
    const { client } = localSqs();
    const { QueueUrl, sendOne } = await fifoQueue(client);
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MaximumMessageSize: "1024" } }));
    const tooLong = { MessageBody: "x".repeat(1025), MessageDeduplicationId: "id" };
    await expect(sendOne(tooLong)).rejects.toThrow("Message must be shorter than 1024 bytes.");
    await sendOne({ ...tooLong, MessageBody: "x".repeat(1024) });
  });
});
