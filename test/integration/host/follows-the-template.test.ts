import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { httpApi, lambda, writeAssembly } from "./support/assembly.ts";
import { fifoQueues, mapping, runAws } from "./support/aws.ts";
import { runHost } from "./support/run.ts";

const code = `export const handler = async ({ Records, rawPath }) => {
  if (rawPath) return rawPath;
  console.log(Records.map(({ body }) => body).join(" "));
  while (Records[0].body === "stuck") {}
};`;

/** The same stack with other settings. */
async function runWith({
  path,
  batchSize,
  timeoutSeconds,
}: {
  path: string;
  batchSize: number;
  timeoutSeconds: number;
}) {
  const { endpoints, sqs } = await runAws();
  const clock = new SimulatedClock();
  const worker = { Worker: lambda("code", { Timeout: timeoutSeconds }), ...fifoQueues() };
  const { host: preparing } = await runHost(writeAssembly(worker, { code }), { endpoints });
  await preparing.stop();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "Test-Queue.fifo" }));
  for (const body of ["a", "b", "c", "stuck"]) {
    await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: "x", MessageDeduplicationId: body }),
    );
  }
  const stack = { ...worker, ...mapping({ BatchSize: batchSize }), ...httpApi({ [`GET ${path}`]: "Worker" }) };
  return { clock, ...(await runHost(writeAssembly(stack, { code }), { endpoints, clock })) };
}

describe("a change of the template", () => {
  test.each([
    {
      path: "/v1/operations",
      otherPath: "/v2/things",
      batchSize: 1,
      timeoutSeconds: 5,
      batches: ["a", "b", "c", "stuck"],
    },
    { path: "/v2/things", otherPath: "/v1/operations", batchSize: 3, timeoutSeconds: 9, batches: ["a b c", "stuck"] },
  ])("is what runs: $path, batches of $batchSize, a timeout of $timeoutSeconds s", async (settings) => {
    const { clock, host, recorder } = await runWith(settings);
    await recorder.written("stuck");
    expect(recorder.lines).toEqual(settings.batches.map((batch) => `stdout: ${batch}`));
    expect(await (await fetch(host.apiUrl + settings.path)).text()).toBe(settings.path);
    expect((await fetch(host.apiUrl + settings.otherPath)).status).toBe(404);

    await clock.advance(settings.timeoutSeconds * 1000 - 1);
    expect(recorder.failures).toEqual([]);
    await clock.advance(1);
    await expect
      .poll(() => recorder.failures)
      .toMatchObject([{ errorMessage: `Task timed out after ${settings.timeoutSeconds}.00 seconds` }]);
  });
});
