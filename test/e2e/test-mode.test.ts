import { expect, test } from "vitest";
import { createPerson, people } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";

const { api, sandbox } = await runLocalStack("--rate", "1000/6");

test("operations in test mode succeed, change nothing, and share no request with real ones", async () => {
  await api.finished(await api.handIn(people("leaver", 3).map((user) => createPerson(user))));
  const before = await sandbox.users();
  const earlier = await sandbox.actionRequests();

  const tried = [
    ...people("tried", 20).map((user) => createPerson(user, { add: { group: ["TestGroup1"] } })),
    ...people("leaver", 3).map((user) => ({ user, do: [{ removeFromOrg: {} }] })),
  ];
  const ids = await api.handIn(tried, "?testOnly=true");
  for (const view of await api.finished(ids)) expect(view).toMatchObject({ status: "succeeded", attempts: 0 });
  expect(await sandbox.users()).toEqual(before);

  const requests = (await sandbox.actionRequests()).slice(earlier.length);
  expect(requests.every(isTest)).toBe(true);
  expect(requests.reduce((sum, { commands }) => sum + commands, 0)).toBe(tried.length);
});

test("calls by turns real and in test mode keep apart", async () => {
  const earlier = await sandbox.actionRequests();
  const real = people("real", 20);
  const tried = people("unreal", 20);
  const ids: string[] = [];
  for (const [index, user] of real.entries()) {
    ids.push(...(await api.handIn(createPerson(user), "?testOnly=false")));
    ids.push(...(await api.handIn(createPerson(tried[index] ?? ""), "?testOnly=true")));
  }
  for (const view of await api.finished(ids)) expect(view).toMatchObject({ status: "succeeded", attempts: 0 });

  const emails = (await sandbox.users()).map(({ email }) => email);
  expect(emails.filter((email) => real.includes(email))).toHaveLength(20);
  expect(emails.filter((email) => tried.includes(email))).toEqual([]);

  const requests = (await sandbox.actionRequests()).slice(earlier.length);
  const commandsIn = (some: typeof requests) => some.reduce((sum, { commands }) => sum + commands, 0);
  expect(commandsIn(requests.filter(isTest))).toBe(20);
  expect(commandsIn(requests.filter((request) => !isTest(request)))).toBe(20);
});

function isTest({ path }: { readonly path: string }): boolean {
  return new URL(path, "http://sandbox.test").searchParams.get("testOnly") === "true";
}
