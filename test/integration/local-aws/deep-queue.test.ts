import { describe, expect, it } from "vitest";
import { Queue } from "../../../infra/local/aws/sqs/queue.ts";

function deepQueue() {
  let sequence = 0;
  const queue = new Queue({
    name: "deep.fifo",
    arn: "arn:aws:sqs:us-east-1:000000000000:deep.fifo",
    fifo: true,
    rules: { retentionSeconds: 345_600 },
    nextSequence: () => ++sequence,
  });
  let sent = 0;
  const send = (groupId: string, count: number) => {
    for (let i = 0; i < count; i++) {
      sent += 1;
      const id = String(sent);
      queue.send({ id, body: "", attributes: {}, groupId, deduplicationId: id, receiveCount: 0 }, 0);
    }
  };
  return { queue, send };
}

const groupsOf = (deliveries: ReturnType<Queue["receive"]>) => deliveries.map(({ message }) => message.groupId);

describe("a deep FIFO queue", () => {
  it("is searched for available groups in its first 120,000 messages only", () => {
    const { queue, send } = deepQueue();
    send("blocked", 120_000);
    send("behind", 2);
    const [first] = queue.receive(1, 30, 0);
    expect(queue.receive(10, 30, 0)).toEqual([]);
    // One message less before it brings the first of the other group within reach.
    queue.delete(first?.receiptHandle ?? "", 0);
    expect(groupsOf(queue.receive(1, 60, 0))).toEqual(["blocked"]);
    expect(groupsOf(queue.receive(10, 30, 0))).toEqual(["behind", "behind"]);
  });

  it("looks as far again after messages were deleted from its middle", () => {
    const { queue, send } = deepQueue();
    send("a", 10);
    send("b", 119_990);
    send("behind", 10);
    const received = [...queue.receive(10, 300, 0), ...queue.receive(10, 300, 0)];
    expect(groupsOf(queue.receive(10, 300, 0))).toEqual([]);
    for (const { receiptHandle } of received.slice(10)) queue.delete(receiptHandle, 0);
    queue.receive(10, 300, 0);
    expect(groupsOf(queue.receive(10, 300, 0))).toEqual(Array.from({ length: 10 }, () => "behind"));
  });

  it("looks as far again after the last message that it searched was deleted", () => {
    const { queue, send } = deepQueue();
    send("blocked", 119_999);
    send("last", 1);
    send("behind", 2);
    const [, ...others] = [...queue.receive(1, 300, 0), ...queue.receive(10, 300, 0)];
    expect(groupsOf(others)).toEqual(["last"]);
    queue.delete(others[0]?.receiptHandle ?? "", 0);
    expect(groupsOf(queue.receive(1, 300, 0))).toEqual(["behind"]);
  });

  it("of 100,000 messages is drained in order, batch by batch", () => {
    const { queue, send } = deepQueue();
    send("lane", 100_000);
    let received = 0;
    for (let now = 0; ; now += 6000) {
      const batch = queue.receive(10, 210, now);
      if (batch.length === 0) break;
      for (const { message } of batch) {
        received += 1;
        expect(message.sequence).toBe(received);
      }
      for (const { receiptHandle } of batch) queue.delete(receiptHandle, now);
    }
    expect(received).toBe(100_000);
  });
});
