import { expect, test } from "vitest";
import { createPerson, itemAt, people } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";

const { api, sandbox, queues, program } = await runLocalStack("--rate", "100/6");
/** The releaser runs each minute. */
const patience = { timeout: 180_000 };

test.concurrent(
  "what Adobe is too busy for is parked, others go on, and it goes by itself once Adobe takes it",
  patience,
  async () => {
    const user = "busy@example.com";
    await sandbox.fault({
      on: "action",
      command: { user },
      errorCode: "error.throttled_by_external_service",
      message: "later",
      times: 1_000,
    });
    const id = itemAt(await api.handIn(createPerson(user)), 0);
    await program.line(new RegExp(`^operation ${id} parked: held$`));
    const others = await api.handIn(people("other", 30).map((other) => createPerson(other)));
    for (const view of await api.finished(others)) expect(view).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await api.operation(id)).toMatchObject({ status: "queued", attempts: 0 });
    await queues.emptied();

    await sandbox.fault();
    expect(await api.finished([id])).toMatchObject([{ status: "succeeded", attempts: 0 }]);
  },
);

test.concurrent("what SQS has moved away is parked, with a warning, and goes by itself", patience, async () => {
  const id = "0123456789abcdef0123456789abcdef-000";
  const now = Date.now();
  const command = createPerson("returned@example.com");
  const operation = { id, command, testOnly: false, generation: 0, acceptedAt: now, queuedAt: now };
  await queues.moveAway(JSON.stringify({ operations: [operation] }));
  await program.line(new RegExp(`^warn in rescue: returned by SQS.* operationId ${id}$`));
  expect(await api.finished([id])).toMatchObject([{ status: "succeeded", attempts: 0 }]);
  expect(await queues.deadLetters()).toBe(0);
});
