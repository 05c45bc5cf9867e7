import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatMessage } from "../../shared/operation/message.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { operationOf } from "../support/operations.ts";
import { deadLetterQueueName, queueName, queueUrl } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { allOperations, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const hour = 60 * 60;
const createdAs = (user: string, country: string): Command => ({
  user,
  do: [{ createFederatedID: { email: user, firstname: "Ada", lastname: "Byron", country } }],
});

/** Queues what submit would refuse today, as a version with other rules may have queued it. */
async function queue(id: string, command: Command): Promise<void> {
  const now = world.clock.now();
  await world.sqs.handle("SendMessage", {
    QueueUrl: queueUrl(queueName),
    MessageBody: formatMessage([operationOf(id, command, { acceptedAt: now, queuedAt: now })]),
    MessageGroupId: "default",
    MessageDeduplicationId: id,
  });
}

describe("Work that was accepted under older rules is read, sent, listed and retried", () => {
  test.each<[string, Command, object]>([
    ["a country in small letters", createdAs("ada@example.com", "us"), { code: "error.country.invalid" }],
    ["an email that is a formula", createdAs("=cmd@example.com", "US"), {}],
    [
      "an email with an invisible character",
      createdAs("ada\u200b@example.com", "US"),
      { code: "error.user.email.invalid" },
    ],
    ["a group with U+FFFD", { usergroup: "Caf\ufffd", do: [{ createUserGroup: {} }] }, {}],
    [
      "a create behind another step",
      { user: "ada@example.com", do: [{ remove: "all" }, { addAdobeID: { email: "" } }] },
      { code: "error.command.create.not_first" },
    ],
    [
      "a key that has become unknown",
      { user: "ada@example.com", do: [{ update: { firstname: "A", ...{ title: "B" } } }] },
      { code: "error.command.create.key.unknown" },
    ],
  ])("%s", async (_, command, error) => {
    expect([400, 422]).toContain((await world.api.post(command)).status);
    await queue("old-1", command);
    await world.drain(hour);
    const status = "code" in error ? "failed" : "succeeded";
    const shown = { id: "old-1", status, ...("code" in error ? { error } : {}) };
    expect(await operation(world, "old-1")).toMatchObject(shown);
    expect(await allOperations(world)).toMatchObject([shown]);
    if (status === "succeeded") return;
    expect(await world.api.retry("old-1")).toMatchObject({ status: 202 });
    await world.drain(hour);
    expect(await operation(world, "old-1")).toMatchObject(shown);
  });

  test("but not what is not an operation: it goes to the dead-letter queue", async () => {
    const steps: unknown[][] = [
      [],
      [{}],
      [{ add: {} }],
      [{ add: { group: [] } }],
      [{ remove: "all", update: {} }],
      [{ add: { group: [1] } }],
      [7],
    ];
    for (const [index, step] of steps.entries())
      await world.sqs.handle("SendMessage", {
        QueueUrl: queueUrl(queueName),
        MessageBody: JSON.stringify({
          operations: [{ ...operationOf("x", createdAs("a", "US")), command: { user: "a@b.cd", do: step } }],
        }),
        MessageGroupId: "default",
        MessageDeduplicationId: String(index),
      });
    await world.drain(hour);
    expect(await world.messages(deadLetterQueueName)).toBe(steps.length);
  });

  test("and that stays in its queue until the dead-letter queue takes it", async () => {
    const recover = world.sqs.refuse({ action: "SendMessage", resource: deadLetterQueueName, times: 1_000 });
    for (const [index, body] of ["not JSON", "{}", '{"operations":7}'].entries())
      await world.sqs.handle("SendMessage", {
        QueueUrl: queueUrl(queueName),
        MessageBody: body,
        MessageGroupId: "default",
        MessageDeduplicationId: String(index),
      });
    await queue("behind", createdAs("ada@example.com", "US"));
    await world.clock.advance(5 * 60_000);
    expect([await world.messages(queueName), await world.messages(deadLetterQueueName)]).toEqual([3, 0]);
    expect(await operation(world, "behind")).toMatchObject({ status: "succeeded" });
    recover();
    await world.drain(hour);
    expect([await world.messages(queueName), await world.messages(deadLetterQueueName)]).toEqual([0, 3]);
  });
});
