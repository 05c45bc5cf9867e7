import { describe, expect, it } from "vitest";
import { deliveryFaults } from "../../../infra/delivery-rules.ts";
import { templateOf } from "./template-of.ts";

const template = templateOf().toJSON();
const idOf = (pattern: RegExp): string => {
  const id = Object.keys(template["Resources"]).find((candidate) => pattern.test(candidate));
  if (!id) throw new Error(`No resource matches ${pattern}.`);
  return id;
};
const queue = idOf(/^WorkersWorkQueue[0-9A-F]{8}$/);
const deadLetterQueue = idOf(/^WorkersWorkQueueDeadLetterQueue[0-9A-F]{8}$/);
const returnedQueue = idOf(/^WorkersWorkQueueReturnedQueue[0-9A-F]{8}$/);
const source = idOf(/^WorkersDispatchMessages/);
const returnedSource = idOf(/^WorkersRescueMessages/);
const worker = idOf(/^WorkersDispatchWorkerFunction/);

/** The stack's template after somebody has set properties of one resource; undefined removes one. */
function altered(id: string, properties: Record<string, unknown>): unknown {
  const copy = structuredClone(template);
  Object.assign(copy["Resources"][id].Properties, properties);
  return JSON.parse(JSON.stringify(copy));
}

const redrive = (maxReceiveCount: unknown, target = returnedQueue) => ({
  RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": [target, "Arn"] }, maxReceiveCount },
});
const timeouts = (request: string, token: string) => ({
  Environment: { Variables: { REQUEST_TIMEOUT_SECONDS: request, TOKEN_TIMEOUT_SECONDS: token } },
});

describe("the delivery rules", () => {
  it("find no fault in an empty stack of the same app", () => {
    expect(deliveryFaults({ Parameters: {} })).toEqual([]);
  });

  it("find no fault in the stack as it is", () => {
    expect(deliveryFaults(template)).toEqual([]);
  });

  it.each([
    [queue, { VisibilityTimeout: 179 }, "visibility-covers-function", queue, "for 179 s", "at least 180 s"],
    [queue, { VisibilityTimeout: undefined }, "visibility-covers-function", queue, "for 30 s", "at least 180 s"],
    [queue, { VisibilityTimeout: "100" }, "visibility-covers-function", queue, "for 100 s", "at least 180 s"],
    [worker, { Timeout: 300 }, "visibility-covers-function", queue, "may run for 300 s", "at least 300 s"],
    [queue, { VisibilityTimeout: 180 }, "visibility-covers-requests-in-flight", queue, "for 180 s", "at least 210 s"],
    [queue, { VisibilityTimeout: 209 }, "visibility-covers-requests-in-flight", queue, "for 209 s", "at least 210 s"],
    [queue, { VisibilityTimeout: 43_201 }, "visibility-in-range", queue, "for 43201 s", "at most 43200 s"],
    [worker, { Timeout: 154 }, "function-outlives-request", worker, "run for 154 s", "at least 155 s"],
    [worker, timeouts("150", "20"), "function-outlives-request", worker, "150 s for a request", "at least 185 s"],
    [
      returnedQueue,
      { FifoQueue: undefined },
      "dead-letter-queue-of-same-kind",
      queue,
      "A FIFO queue has the standard",
      "a FIFO",
    ],
    [queue, redrive(1001), "max-receive-count-in-range", queue, "maxReceiveCount is 1001", "1 to 1000"],
    [queue, redrive(671), "receives-outlast-throttling", queue, "maxReceiveCount is 671", "from 672 to 1000"],
    [
      queue,
      { RedrivePolicy: undefined },
      "receives-outlast-throttling",
      queue,
      "no redrive policy",
      "maxReceiveCount from 672 to 1000",
    ],
    [source, { BatchSize: 11 }, "batch-size-in-range", source, "BatchSize is 11", "Lower it to 10"],
    [
      source,
      { MaximumBatchingWindowInSeconds: 5 },
      "no-batching-window-on-fifo",
      source,
      "InSeconds is 5",
      "Leave it out",
    ],
    [
      source,
      { FunctionResponseTypes: undefined },
      "batch-item-failures-reported",
      source,
      "not reported",
      "ReportBatchItem",
    ],
    [source, { FilterCriteria: { Filters: [] } }, "commands-never-filtered", source, "filters messages", "Remove"],
    [
      returnedSource,
      { FunctionResponseTypes: undefined },
      "batch-item-failures-reported",
      returnedSource,
      "not reported",
      "ReportBatchItem",
    ],
    [
      returnedSource,
      { FilterCriteria: { Filters: [] } },
      "commands-never-filtered",
      returnedSource,
      "filters messages",
      "Remove",
    ],
    [
      queue,
      redrive(1000, deadLetterQueue),
      "returned-messages-taken-up",
      queue,
      `to ${deadLetterQueue}, and no function`,
      "Let the redrive policy point",
    ],
    [
      returnedQueue,
      { VisibilityTimeout: 59 },
      "visibility-covers-function",
      returnedQueue,
      "for 59 s",
      "at least 60 s",
    ],
    [
      returnedQueue,
      { MessageRetentionPeriod: 345_600 },
      "dead-letters-kept-as-long",
      returnedQueue,
      "345600 s",
      "1209600 s",
    ],
    [queue, { MessageRetentionPeriod: 1_123_200 }, "retention-outlasts-parking", queue, "for 1123200 s", "1209600 s"],
  ])("%s with %j breaks %s", (id, properties, rule, logicalId, problem, mend) => {
    expect(deliveryFaults(altered(id, properties))).toEqual([
      {
        rule,
        logicalId,
        property: expect.any(String),
        problem: expect.stringContaining(problem),
        mend: expect.stringContaining(mend),
      },
    ]);
  });

  it("hold every queue to what SQS takes", () => {
    const short = altered(deadLetterQueue, { MessageRetentionPeriod: 59 });
    expect(deliveryFaults(short)).toContainEqual(
      expect.objectContaining({
        rule: "retention-in-range",
        logicalId: deadLetterQueue,
        problem: expect.stringContaining("for 59 s"),
        mend: expect.stringContaining("60 s to 1209600 s"),
      }),
    );
  });

  it("name every fault at once", () => {
    const broken = altered(queue, { VisibilityTimeout: 10, MessageRetentionPeriod: 1_209_601, ...redrive(5) });
    expect(deliveryFaults(broken).map(({ rule }) => rule)).toEqual([
      "retention-in-range",
      "dead-letters-kept-as-long",
      "visibility-covers-function",
      "receives-outlast-throttling",
    ]);
  });

  it.each([
    [queue, { VisibilityTimeout: { Ref: "Parameter" } }],
    [queue, { MessageRetentionPeriod: { Ref: "Parameter" } }],
    [queue, redrive({ Ref: "Parameter" })],
    [source, { FunctionName: { "Fn::Join": [":", [{ Ref: worker }, "live"]] } }],
    [source, { EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:other.fifo" }],
    [returnedSource, { EventSourceArn: { Ref: "Parameter" } }],
  ])("do not judge what only deployment knows: %s with %j", (id, properties) => {
    expect(deliveryFaults(altered(id, properties))).toEqual([]);
  });

  it("hold somebody's other function to AWS's rules, not to dispatch's", () => {
    const other = altered(worker, { Timeout: 210, Environment: undefined });
    expect(deliveryFaults(other)).toEqual([]);
  });

  it("refuse what is not a template", () => {
    expect(() => deliveryFaults({ Resources: "none" })).toThrow(/Resources/);
  });
});
