import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { failedMessageIds } from "../../../infra/local/host/event-source-mapping/batch-answer.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { lambda, writeAssembly } from "./support/assembly.ts";
import { fifoQueues, mapping, runAws } from "./support/aws.ts";
import { runHost } from "./support/run.ts";

interface Setup {
  /** What the handler does with `event`, `bodies` and `id(body)`, after it has written the bodies down. */
  readonly body?: string;
  readonly mapping?: object;
  readonly worker?: object;
  readonly messages: readonly string[];
  readonly group?: (body: string) => string;
  readonly clock?: SimulatedClock;
}

/** Queues messages while nobody polls, then starts a host whose function gets them. */
async function deliver({ body = "", mapping: mapped = {}, worker = {}, messages, group = () => "lane", clock }: Setup) {
  const { endpoints, sqs } = await runAws();
  const code = `export const handler = async (event) => {
    const bodies = event.Records.map(({ body }) => body);
    const id = (body) => event.Records.find((record) => record.body === body).messageId;
    console.log(bodies.join(" "));
    ${body}
  }`;
  const resources = { Worker: lambda("code", { Timeout: 20, ...worker }), ...fifoQueues() };
  const { host: preparing } = await runHost(writeAssembly(resources, { code }), { endpoints });
  await preparing.stop();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "Test-Queue.fifo" }));
  await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: messages.map((text, index) => ({
        Id: String(index),
        MessageBody: text,
        MessageGroupId: group(text),
        MessageDeduplicationId: text,
        MessageAttributes: { Kind: { DataType: "String", StringValue: "test" } },
      })),
    }),
  );
  const folder = writeAssembly({ ...resources, ...mapping(mapped) }, { code });
  const running = await runHost(folder, { endpoints, ...(clock && { clock }) });
  return { ...running, sqs, left: () => countMessages(sqs, QueueUrl) };
}

/** How many messages the queue has, visible and hidden. */
async function countMessages(sqs: SQSClient, QueueUrl: string | undefined) {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  const count = (name: QueueAttributeName) => Number(Attributes?.[name]);
  return {
    visible: count("ApproximateNumberOfMessages"),
    hidden: count("ApproximateNumberOfMessagesNotVisible"),
  };
}

describe("an event source mapping", () => {
  test("hands messages over in batches of the size that the template says, in order", async () => {
    const { recorder, left } = await deliver({ messages: ["a", "b", "c", "d", "e"], mapping: { BatchSize: 2 } });
    await recorder.written("e");
    expect(recorder.lines).toEqual(["stdout: a b", "stdout: c d", "stdout: e"]);
    await expect.poll(left).toEqual({ visible: 0, hidden: 0 });
  });

  test("makes records as Lambda does", async () => {
    const { recorder } = await deliver({ messages: ["hello"], body: "console.log(JSON.stringify(event))" });
    await expect.poll(() => recorder.lines).toHaveLength(2);
    const event: SQSEvent = JSON.parse(recorder.lines[1]?.replace("stdout: ", "") ?? "");
    expect(event).toEqual({
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: "hello",
          attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            SequenceNumber: expect.stringMatching(/^\d+$/),
            MessageGroupId: "lane",
            MessageDeduplicationId: "hello",
          },
          messageAttributes: {
            Kind: { stringValue: "test", stringListValues: [], binaryListValues: [], dataType: "String" },
          },
          md5OfBody: "5d41402abc4b2a76b9719d911017c592",
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: "aws:sqs",
          eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:Test-Queue.fifo",
          awsRegion: "us-east-1",
        },
      ],
    });
  });

  test("deletes what is done and leaves hidden what is reported", async () => {
    const { recorder, left } = await deliver({
      messages: ["a", "b", "c"],
      body: `return { batchItemFailures: [{ itemIdentifier: id("b") }] };`,
    });
    await recorder.written("a b c");
    await expect.poll(left).toEqual({ visible: 0, hidden: 1 });
  });

  test.each([
    ["throws", `throw new Error("no");`, 0],
    ["reports an unknown message", `return { batchItemFailures: [{ itemIdentifier: "nobody" }] };`, 0],
    ["is killed at its timeout", "while (true) {}", 20_000],
  ])("deletes nothing where the function %s", async (_, body, elapsedMs) => {
    // The messages of the second group come only after the first batch is dealt with.
    const clock = new SimulatedClock();
    const { recorder, left } = await deliver({
      messages: ["a1", "a2", "b1"],
      group: (text) => text.charAt(0),
      mapping: { BatchSize: 2 },
      body: `if (bodies[0] === "a1") { ${body} }`,
      clock,
    });
    await recorder.written("a1 a2");
    await clock.advance(elapsedMs);
    await recorder.written("b1");
    await expect.poll(left).toEqual({ visible: 0, hidden: 2 });
  });

  test("without ReportBatchItemFailures takes any answer for done", async () => {
    const { left } = await deliver({
      messages: ["a", "b"],
      mapping: { FunctionResponseTypes: [] },
      body: `return { batchItemFailures: [{ itemIdentifier: id("a") }] };`,
    });
    await expect.poll(left).toEqual({ visible: 0, hidden: 0 });
  });

  test("that is not enabled polls nothing", async () => {
    const { recorder, left } = await deliver({ messages: ["a"], mapping: { Enabled: false } });
    expect(await left()).toEqual({ visible: 1, hidden: 0 });
    expect(recorder.lines).toEqual([]);
  });

  test.each([
    [
      "a queue that hides messages for less than the function may run",
      {},
      { Timeout: 61 },
      /60 seconds is less than Function timeout: 61 seconds/,
    ],
    ["a filter", { FilterCriteria: { Filters: [] } }, {}, /Resources\.Messages\.Properties\.FilterCriteria/],
  ])("is refused with %s", async (_, mapped, worker, message) => {
    const { endpoints } = await runAws();
    const folder = writeAssembly({ Worker: lambda("code", worker), ...fifoQueues(), ...mapping(mapped) }, { code: "" });
    await expect(runHost(folder, { endpoints })).rejects.toThrow(message);
  });
});

describe("which messages of a batch have failed", () => {
  const ids = ["a", "b", "c"];
  const none: string[] = [];
  test.each([
    ["nothing is returned", null, none],
    ["an empty text is returned", "", none],
    ["an empty object", {}, none],
    ["a list that is null", { batchItemFailures: null }, none],
    ["an empty list", { batchItemFailures: [] }, none],
    ["one is listed", { batchItemFailures: [{ itemIdentifier: "b" }] }, ["b"]],
    ["an identifier is empty", { batchItemFailures: [{ itemIdentifier: "" }] }, ids],
    ["an identifier is null", { batchItemFailures: [{ itemIdentifier: null }] }, ids],
    ["an identifier is unknown", { batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "x" }] }, ids],
    ["a key is misspelt", { batchItemFailures: [{ ItemIdentifier: "a" }] }, ids],
    ["the list is none", { batchItemFailures: "a" }, ids],
    ["a text is returned", "done", ids],
  ])("where %s", (_, answer, failed) => {
    expect(failedMessageIds(answer, ids)).toEqual(failed);
  });
});
