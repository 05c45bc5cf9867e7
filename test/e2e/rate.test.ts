import { describe, expect, test } from "vitest";
import { createPerson, people } from "../support/commands.ts";
import { type LocalStack, runLocalStack } from "../support/local-stack.ts";

const [slow, fast] = await Promise.all([runLocalStack("--rate", "10/6"), runLocalStack("--rate", "100/6")]);

/** What holds for either: everything has succeeded at first try, and nothing was refused on the way. */
async function expectAllSucceed({ api, queues, sandbox }: LocalStack, ids: readonly string[]): Promise<void> {
  const views = await api.finished(ids);
  expect(views.filter(({ status, attempts }) => status !== "succeeded" || attempts !== 0)).toEqual([]);
  const statuses = (await sandbox.actionRequests()).map(({ status }) => status);
  expect(statuses).toEqual(statuses.map(() => 200));
  expect(await queues.deadLetters()).toBe(0);
}

describe.concurrent("a full queue", () => {
  test("of 600 people needs next to no more than 60 requests, and Adobe throttles none", async () => {
    const creates = people("joiner", 600).map((user) => createPerson(user));
    const ids = [...(await slow.api.handIn(creates.slice(0, 500))), ...(await slow.api.handIn(creates.slice(500)))];
    await expectAllSucceed(slow, ids);
    expect(await slow.sandbox.users()).toHaveLength(600);
    const requests = await slow.sandbox.actionRequests();
    expect(requests.length).toBeLessThanOrEqual(66);
    expect(requests.reduce((sum, { commands }) => sum + commands, 0)).toBe(600);
  });

  test("of three operations on each of 100 people needs next to no more than 10 requests", async () => {
    const users = people("mover", 100);
    const addition = (group: string) => users.map((user) => ({ user, do: [{ add: { group: [group] } }] }));
    const creates = users.map((user) => createPerson(user));
    const ids = await fast.api.handIn([...creates, ...addition("TestGroup1"), ...addition("Creative Cloud 1")]);
    await expectAllSucceed(fast, ids);
    const members = (await fast.sandbox.users()).map(({ groups }) => groups.toSorted());
    expect(members).toEqual(users.map(() => ["Creative Cloud 1", "TestGroup1"]));
    expect((await fast.sandbox.actionRequests()).length).toBeLessThanOrEqual(11);
  });
});
