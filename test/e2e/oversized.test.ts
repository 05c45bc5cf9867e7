import { expect, test } from "vitest";
import { createPerson } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";

const { api, sandbox } = await runLocalStack("--rate", "1000/6");

test("a person joins 150 groups in one operation, of any of which Adobe takes 100 in a command", async () => {
  const user = "everywhere@example.com";
  const groups = Array.from({ length: 150 }, (_, index) => `Group ${index}`);
  const ids = await api.handIn(groups.map((usergroup) => ({ usergroup, do: [{ createUserGroup: {} }] })));
  for (const { status } of await api.finished(ids)) expect(status).toBe("succeeded");

  const before = await sandbox.actionRequests();
  const joining = await api.finished(await api.handIn(createPerson(user, { add: { group: groups } })));
  expect(joining).toMatchObject([{ status: "succeeded", attempts: 0 }]);
  expect((await sandbox.user(user)).groups.toSorted()).toEqual(groups.toSorted());
  const requests = (await sandbox.actionRequests()).slice(before.length);
  // A create and fifteen lists of ten are 16 steps, of which a command has ten.
  expect(requests.map(({ commands }) => commands)).toEqual([1, 1]);
});

test("25 steps on one person go out in three commands, in order", async () => {
  const user = "busy@example.com";
  const updates = Array.from({ length: 24 }, (_, index) => ({ update: { lastname: `Name ${index}` } }));
  const before = await sandbox.actionRequests();
  const views = await api.finished(await api.handIn(createPerson(user, ...updates)));
  expect(views).toMatchObject([{ status: "succeeded", attempts: 0 }]);
  expect((await sandbox.user(user)).lastname).toBe("Name 23");
  const requests = (await sandbox.actionRequests()).slice(before.length);
  expect(requests.map(({ commands, status }) => ({ commands, status }))).toEqual(
    Array.from({ length: 3 }, () => ({ commands: 1, status: 200 })),
  );
});

test("a step that fails in a later command is named by its place in what was submitted", async () => {
  const user = "stumbling@example.com";
  const steps = Array.from({ length: 24 }, (_, index) =>
    index === 16 ? { add: { group: ["No such group"] } } : { update: { lastname: `Name ${index}` } },
  );
  const [view] = await api.finished(await api.handIn(createPerson(user, ...steps)));
  expect(view).toMatchObject({ status: "failed", error: { code: "error.group.not_found", step: 17, certain: true } });
  expect((await sandbox.user(user)).lastname).toBe("Name 15");
});
