import { App, Stack } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { sharedFolder } from "../../support/folders.ts";
import { instance } from "./template-of.ts";

describe("a stack that uses the construct has at hand", () => {
  const { path: outdir } = sharedFolder();
  const workers = instance(new Stack(new App({ outdir }), "Accounts"), "Adobe");
  const resolve = (value: unknown) => JSON.stringify(Stack.of(workers).resolve(value));

  it.each([
    ["metricBacklog", "Accounts/Adobe", "OperationsQueued", "sweep"],
    ["metricOldestParkedAge", "Accounts/Adobe", "OldestParkedAge", "sweep"],
    ["metricSucceeded", "Accounts/Adobe", "OperationsSucceeded", "dispatch"],
    ["metricFailed", "Accounts/Adobe", "OperationsFailed", "dispatch"],
    ["metricActionRequests", "Accounts/Adobe", "ActionRequests", "dispatch"],
    ["metricThrottles", "Accounts/Adobe", "Throttles", "dispatch"],
  ] as const)("%s", (name, namespace, metricName, service) => {
    expect(workers[name]()).toMatchObject({ namespace, metricName, dimensions: { service } });
    expect(workers[name]({ statistic: "Average" }).statistic).toBe("Average");
  });

  it.each([
    ["metricOldestAge", "ApproximateAgeOfOldestMessage", /AdobeWorkQueue[0-9A-F]{8}/],
    ["metricDeadLetters", "ApproximateNumberOfMessagesVisible", /AdobeWorkQueueDeadLetterQueue/],
  ] as const)("%s", (name, metricName, queue) => {
    expect(workers[name]()).toMatchObject({ namespace: "AWS/SQS", metricName });
    expect(resolve(workers[name]().dimensions)).toMatch(queue);
  });

  it("queues, tables, secret, functions with their roles, and alarms", () => {
    expect(
      resolve([workers.queue.queueArn, workers.returnedQueue.queueArn, workers.deadLetterQueue.queueArn]),
    ).toContain("AdobeWorkQueueReturnedQueue");
    expect(resolve([workers.ledgerTable.tableArn, workers.roomTable.tableArn, workers.secret.secretArn])).toContain(
      "AdobeCredentialsSecret",
    );
    for (const [name, { role }] of Object.entries(workers.functions)) expect(role, name).toBeDefined();
    expect(Object.keys(workers.functions)).toHaveLength(8);
    expect(Object.keys(workers.alarms)).toEqual(expect.arrayContaining(["QueueAge", "DeadLetters", "ErrorsLogged"]));
  });
});
