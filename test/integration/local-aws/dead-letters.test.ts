import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodies, fifoQueue, localSqs, queueWithDeadLetters } from "./local-sqs.ts";

const SECOND = 1000;

describe("a redrive policy", () => {
  it("moves a message on the receive after its last, and gives what stands behind it", async () => {
    const { client } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 2);
    await queue.send("g", "poison", "healthy");
    for (let receives = 1; receives <= 2; receives++) {
      const [poison] = await queue.receive({ MaxNumberOfMessages: 1 });
      expect(poison?.Attributes?.ApproximateReceiveCount).toBe(String(receives));
      await queue.hide(poison, 0);
    }
    expect(await deadLetters.counts()).toEqual([0, 0, 0]);
    expect(bodies(await queue.receive())).toEqual(["healthy"]);
    expect(bodies(await deadLetters.receive())).toEqual(["poison"]);
  });

  it("counts receives even where nothing failed", async () => {
    const { client, clock } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 3);
    await queue.send("g", "m1", "m2");
    for (let receives = 0; receives < 3; receives++) {
      expect(await queue.receive({ VisibilityTimeout: 1 })).toHaveLength(2);
      await clock.advance(1 * SECOND);
    }
    expect(await queue.receive()).toEqual([]);
    expect(bodies(await deadLetters.receive())).toEqual(["m1", "m2"]);
  });

  it("keeps the message's id, group and receive count, says where it came from, and renames its deduplication id", async () => {
    const { client } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 1);
    const { MessageId } = await queue.sendOne({ MessageGroupId: "lane", MessageDeduplicationId: "original" });
    await queue.receive({ VisibilityTimeout: 0 });
    await queue.receive();
    const [dead] = await deadLetters.receive();
    expect(dead?.MessageId).toBe(MessageId);
    expect(dead?.Attributes).toMatchObject({
      MessageGroupId: "lane",
      MessageDeduplicationId: MessageId,
      ApproximateReceiveCount: "2",
      DeadLetterQueueSourceArn: queue.arn,
    });
  });

  it("starts the message's retention anew", async () => {
    const { client, clock } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 1);
    await queue.send("g", "m1");
    await clock.advance(3 * 86_400 * SECOND);
    await queue.receive({ VisibilityTimeout: 0 });
    await queue.receive();
    await clock.advance(3 * 86_400 * SECOND);
    expect(bodies(await deadLetters.receive())).toEqual(["m1"]);
  });

  it("leaves messages where they are while there is no dead-letter queue", async () => {
    const { client } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 1);
    await queue.send("g", "m1");
    await client.send(new DeleteQueueCommand({ QueueUrl: deadLetters.QueueUrl }));
    await queue.receive({ VisibilityTimeout: 0 });
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  it("ends when it is set to nothing", async () => {
    const { client } = localSqs();
    const { queue } = await queueWithDeadLetters(client, 1);
    const { QueueUrl } = queue;
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy: "" } }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).not.toHaveProperty("RedrivePolicy");
    await queue.send("g", "m1");
    await queue.receive({ VisibilityTimeout: 0 });
    expect(bodies(await queue.receive())).toEqual(["m1"]);
  });

  const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

  it.each([
    [{ deadLetterTargetArn: arn("dead.fifo"), maxReceiveCount: 0 }, "Invalid value for maxReceiveCount: 0"],
    [
      { deadLetterTargetArn: arn("dead.fifo"), maxReceiveCount: 1001 },
      "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.",
    ],
    [
      { deadLetterTargetArn: arn("dead"), maxReceiveCount: 3 },
      "Dead-letter queue must be same type of queue as the source.",
    ],
    [{ deadLetterTargetArn: arn("nowhere.fifo"), maxReceiveCount: 3 }, "Dead letter target does not exist."],
    [{ deadLetterTargetArn: "dummy", maxReceiveCount: 3 }, "Invalid value for deadLetterTargetArn."],
    [{ maxReceiveCount: 3 }, "Redrive policy is not a valid JSON map"],
  ])("is refused: %j", async (policy, reason) => {
    const { client } = localSqs();
    await fifoQueue(client, "dead.fifo");
    await client.send(new CreateQueueCommand({ QueueName: "dead" }));
    const RedrivePolicy = JSON.stringify(policy);
    const refused = fifoQueue(client, "work.fifo", { RedrivePolicy });
    await expect(refused).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: expect.stringContaining(
        `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
      ),
    });
  });

  it("allows a thousand receives", async () => {
    const { client, clock } = localSqs();
    const { queue, deadLetters } = await queueWithDeadLetters(client, 1000);
    await queue.send("g", "m1");
    for (let receives = 0; receives < 1000; receives++) {
      expect(await queue.receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    }
    await clock.advance(0);
    expect(await queue.receive()).toEqual([]);
    expect(await deadLetters.counts()).toEqual([1, 0, 0]);
  });
});
