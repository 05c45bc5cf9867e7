import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs } from "./local-sqs.ts";

const batchOf = (QueueUrl: string, ...ids: string[]) =>
  new SendMessageBatchCommand({
    QueueUrl,
    Entries: ids.map((Id) => ({ Id, MessageBody: Id, MessageGroupId: "g", MessageDeduplicationId: Id })),
  });

describe("SQS told to refuse", () => {
  it("refuses chosen entries of a batch by their place, and takes the others", async () => {
    const { client, sqs } = localSqs();
    const queue = await fifoQueue(client);
    sqs.refuse({ action: "SendMessageBatch", entries: [1] });
    const { Successful, Failed } = await client.send(batchOf(queue.QueueUrl, "a", "b", "c"));
    expect(Successful?.map(({ Id }) => Id)).toEqual(["a", "c"]);
    expect(Failed).toMatchObject([{ Id: "b", Code: "InternalFailure", SenderFault: false }]);
    const repeated = await client.send(batchOf(queue.QueueUrl, "b"));
    expect(repeated.Failed).toBeUndefined();
    expect(bodies(await queue.receive())).toEqual(["a", "c", "b"]);
  });

  it("refuses entries by what they hold, in batches of every kind, as often as asked", async () => {
    const { client, sqs } = localSqs();
    const { QueueUrl, send, receive } = await fifoQueue(client);
    await send("g", "m1", "m2");
    const messages = await receive();
    const Entries = messages.map(({ ReceiptHandle }, i) => ({ Id: `e${i}`, ReceiptHandle, VisibilityTimeout: 5 }));
    const entries = (entry: unknown) => JSON.stringify(entry).includes("e1");
    sqs.refuse({ action: "ChangeMessageVisibilityBatch", entries, times: 2 });
    sqs.refuse({ action: "DeleteMessageBatch", entries: () => true });
    const failedIds = async () => {
      const { Failed } = await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      return Failed?.map(({ Id }) => Id);
    };
    expect([await failedIds(), await failedIds(), await failedIds()]).toEqual([["e1"], ["e1"], undefined]);
    const { Failed } = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    expect(Failed).toHaveLength(2);
  });

  it("refuses whole calls on one queue, after letting some through", async () => {
    const { client, sqs } = localSqs();
    const [refusing, other] = [await fifoQueue(client), await fifoQueue(client, "other.fifo")];
    sqs.refuse({
      action: "SendMessage",
      resource: "work.fifo",
      after: 1,
      code: "RequestThrottled",
      message: "Slow down.",
      status: 403,
    });
    await other.send("g", "m1", "m2");
    await refusing.send("g", "m1");
    await expect(refusing.send("g", "m2")).rejects.toMatchObject({ name: "RequestThrottled", message: "Slow down." });
    await refusing.send("g", "m2");
    expect(bodies(await refusing.receive())).toEqual(["m1", "m2"]);
  });

  it("loses the answer of a call or an entry that took effect", async () => {
    const { client, sqs } = localSqs();
    const queue = await fifoQueue(client);
    sqs.refuse({ action: "SendMessage", applied: true });
    await expect(queue.send("g", "m1")).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    sqs.refuse({ action: "SendMessageBatch", entries: [0], applied: true });
    const { Failed } = await client.send(batchOf(queue.QueueUrl, "m2"));
    expect(Failed).toHaveLength(1);
    expect(bodies(await queue.receive())).toEqual(["m1", "m2"]);
  });

  it("stops when the refusal is taken back", async () => {
    const { client, sqs } = localSqs();
    const queue = await fifoQueue(client);
    const takeBack = sqs.refuse({ action: "SendMessage", times: Number.POSITIVE_INFINITY });
    await expect(queue.send("g", "m1")).rejects.toThrow();
    takeBack();
    await queue.send("g", "m1");
  });
});
