import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const SECOND = 1000;

describe("creating a queue", () => {
  it("gives AWS's defaults to what is not set", async () => {
    const { client, clock } = localSqs();
    const { QueueUrl } = await fifoQueue(client);
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    const now = String(Math.floor(clock.now() / 1000));
    expect(Attributes).toEqual({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      ContentBasedDeduplication: "false",
      CreatedTimestamp: now,
      DeduplicationScope: "queue",
      DelaySeconds: "0",
      FifoQueue: "true",
      FifoThroughputLimit: "perQueue",
      LastModifiedTimestamp: now,
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      QueueArn: "arn:aws:sqs:us-east-1:000000000000:work.fifo",
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
  });

  it("finds the queue that is there with the same attributes, and refuses other ones", async () => {
    const { client } = localSqs();
    const { QueueUrl } = await fifoQueue(client, "work.fifo", { VisibilityTimeout: "210" });
    expect((await fifoQueue(client, "work.fifo", { VisibilityTimeout: "210" })).QueueUrl).toBe(QueueUrl);
    await expect(fifoQueue(client, "work.fifo", { VisibilityTimeout: "30" })).rejects.toMatchObject({
      name: "QueueNameExists",
      message: "A queue already exists with the same name and a different value for attribute VisibilityTimeout",
    });
  });

  it.each([
    ["work", { FifoQueue: "true" }, "must end with .fifo"],
    ["work.fifo", {}, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"],
    ["a b", {}, "Can only include alphanumeric"],
    [`${"x".repeat(76)}.fifo`, { FifoQueue: "true" }, "1 to 80 in length"],
    ["work", { FifoQueue: "false" }, "Unknown Attribute FifoQueue."],
    ["work", { ContentBasedDeduplication: "true" }, "Unknown Attribute ContentBasedDeduplication."],
    [
      "work",
      { DeduplicationScope: "queue" },
      "You can specify the DeduplicationScope only when FifoQueue is set to true.",
    ],
    [
      "work",
      { FifoThroughputLimit: "perQueue" },
      "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
    ],
  ])("is refused for the name and kind %j %j", async (QueueName, Attributes, message) => {
    const { client } = localSqs();
    await expect(client.send(new CreateQueueCommand({ QueueName, Attributes }))).rejects.toThrow(message);
  });
});

describe("setting attributes", () => {
  it.each([
    ["MessageRetentionPeriod", "59", "1209601", ["60", "1209600"]],
    ["VisibilityTimeout", "-1", "43201", ["0", "43200"]],
    ["DelaySeconds", "-1", "901", ["0", "900"]],
    ["ReceiveMessageWaitTimeSeconds", "x", "21", ["0", "20"]],
    ["MaximumMessageSize", "1023", "1048577", ["1024", "1048576"]],
    ["DeduplicationScope", "", "group", ["queue", "messageGroup"]],
  ])("keeps %s within AWS's limits", async (name, low, high, allowed) => {
    const { client } = localSqs();
    const { QueueUrl } = await fifoQueue(client);
    const set = (value: string) =>
      client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { [name]: value } }));
    for (const value of [low, high]) {
      await expect(set(value)).rejects.toMatchObject({
        name: "InvalidAttributeValue",
        message: `Invalid value for the parameter ${name}.`,
      });
    }
    for (const value of allowed) await set(value);
  });

  it("takes a truth value in any letter case, and gives it back in lower case", async () => {
    const { client } = localSqs();
    const given = { FifoQueue: "True", ContentBasedDeduplication: "TRUE" };
    const { QueueUrl } = await fifoQueue(client, "work.fifo", given);
    expect((await fifoQueue(client, "work.fifo", given)).QueueUrl).toBe(QueueUrl);
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ FifoQueue: "true", ContentBasedDeduplication: "true" });
  });

  it("takes FifoQueue for what it is, and for nothing else", async () => {
    const { client } = localSqs();
    const { QueueUrl: fifo } = await fifoQueue(client);
    const { QueueUrl: plain } = await client.send(new CreateQueueCommand({ QueueName: "plain" }));
    const set = (QueueUrl: string | undefined, FifoQueue: string) =>
      client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { FifoQueue } }));
    await set(fifo, "true");
    await expect(set(fifo, "false")).rejects.toMatchObject({
      name: "InvalidAttributeValue",
      message: "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
    });
    for (const value of ["true", "false"]) {
      await expect(set(plain, value)).rejects.toMatchObject({
        name: "InvalidAttributeName",
        message: "Unknown Attribute FifoQueue.",
      });
    }
  });

  it.each(["QueueArn", "NoSuchThing", "constructor"])("refuses to set %s", async (name) => {
    const { client } = localSqs();
    const { QueueUrl } = await fifoQueue(client);
    const set = client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { [name]: "true" } }));
    await expect(set).rejects.toMatchObject({ name: "InvalidAttributeName", message: `Unknown Attribute ${name}.` });
  });

  it("holds for messages received from then on", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    await queue.send("g", "m1");
    const { QueueUrl } = queue;
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "2" } }));
    await queue.receive();
    await clock.advance(2 * SECOND);
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("can be read back one by one, and no attribute that does not exist", async () => {
    const { client } = localSqs();
    const { QueueUrl } = await fifoQueue(client);
    const get = (AttributeNames: QueueAttributeName[]) =>
      client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    expect((await get(["DelaySeconds"])).Attributes).toEqual({ DelaySeconds: "0" });
    expect((await get([])).Attributes).toBeUndefined();
    await expect(get(["Colour" as QueueAttributeName])).rejects.toThrow("Unknown Attribute Colour.");
  });
});

describe("the queues of an account", () => {
  it("are listed by prefix, page by page", async () => {
    const { client } = localSqs();
    for (const name of ["b.fifo", "a2.fifo", "a1.fifo", "a3.fifo"]) await fifoQueue(client, name);
    const list = async (MaxResults: number, NextToken?: string) => {
      const page = await client.send(new ListQueuesCommand({ QueueNamePrefix: "a", MaxResults, NextToken }));
      return { names: page.QueueUrls?.map((url) => url.split("/").at(-1)), NextToken: page.NextToken };
    };
    const first = await list(2);
    expect(first.names).toEqual(["a1.fifo", "a2.fifo"]);
    expect(await list(2, first.NextToken)).toEqual({ names: ["a3.fifo"], NextToken: undefined });
  });

  it("are gone with their messages when deleted, and whoever waits for one is told", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    const waiting = expect(queue.receive({ WaitTimeSeconds: 20 })).rejects.toMatchObject({ name: "QueueDoesNotExist" });
    await clock.advance(1 * SECOND);
    await client.send(new DeleteQueueCommand({ QueueUrl: queue.QueueUrl }));
    await waiting;
    await expect(queue.send("g", "m1")).rejects.toMatchObject({ message: "The specified queue does not exist." });
  });

  it("can be purged once a minute, and forget their deduplication ids with the messages", async () => {
    const { client, clock } = localSqs();
    const queue = await fifoQueue(client);
    const purge = () => client.send(new PurgeQueueCommand({ QueueUrl: queue.QueueUrl }));
    await queue.send("g", "m1", "m2");
    await queue.receive({ MaxNumberOfMessages: 1 });
    await purge();
    expect(await queue.counts()).toEqual([0, 0, 0]);
    await queue.send("g", "m1", "m1");
    expect(bodies(await queue.receive())).toEqual(["m1"]);
    await expect(purge()).rejects.toThrow("Only one PurgeQueue operation on work.fifo is allowed every 60 seconds.");
    await clock.advance(60 * SECOND);
    await purge();
  });
});

describe("a standard queue", () => {
  it("has no groups that block, takes a delay per message, and deletes by an old handle", async () => {
    const { client, clock } = localSqs();
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "plain" }));
    const send = (MessageBody: string, DelaySeconds = 0) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    const receive = async () => (await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
    await send("late", 40);
    await send("same");
    await send("same");
    const [first] = await receive();
    expect([first?.Body, ...bodies(await receive()), ...bodies(await receive())]).toEqual(["same", "same"]);
    await clock.advance(30 * SECOND);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    await clock.advance(10 * SECOND);
    expect([...bodies(await receive()), ...bodies(await receive()), ...bodies(await receive())].sort()).toEqual([
      "late",
      "same",
    ]);
  });
});
