import { expect, test } from "vitest";
import { createPerson, people } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";

const { api, sandbox, queues } = await runLocalStack("--rate", "10/6");

test("a throttle delays everything and harms nothing", async () => {
  const retryAfter = 3;
  await sandbox.fault({ on: "action", status: 429, retryAfter, times: 3 });

  const users = people("throttled", 15);
  const ids: string[] = [];
  for (const user of users) ids.push(...(await api.handIn(createPerson(user))));
  for (const step of [
    { update: { lastname: "Old" } },
    { add: { group: ["TestGroup1"] } },
    { update: { lastname: "New" } },
  ])
    for (const user of users) ids.push(...(await api.handIn({ user, do: [step] })));
  expect(ids).toHaveLength(60);

  const views = await api.finished(ids);
  expect(views.filter(({ status, attempts }) => status !== "succeeded" || attempts !== 0)).toEqual([]);
  const inTheEnd = (await sandbox.users()).map(({ email, lastname, groups }) => ({ email, lastname, groups }));
  expect(inTheEnd.toSorted(byEmail)).toEqual(
    users.map((email) => ({ email, lastname: "New", groups: ["TestGroup1"] })).toSorted(byEmail),
  );

  const requests = await sandbox.actionRequests();
  const throttles = requests.filter(({ status }) => status === 429);
  expect(throttles).toHaveLength(3);
  const tooEarly = requests.filter(({ at }) =>
    throttles.some((throttle) => at > throttle.at && at < throttle.at + retryAfter * 1000),
  );
  expect(tooEarly).toEqual([]);

  await queues.emptied();
  expect(await queues.deadLetters()).toBe(0);
});

test("while it lasts, an operation says until when it waits and why", async () => {
  const retryAfter = 3600;
  await sandbox.fault({ on: "action", status: 429, retryAfter });
  const [id = ""] = await api.handIn(createPerson("waiting@example.com"));
  const { status, attempts, waiting } = await api.until(id, (view) => view.waiting?.reason === "throttled");
  expect({ status, attempts }).toEqual({ status: "queued", attempts: 0 });
  const throttle = (await sandbox.actionRequests()).findLast((request) => request.status === 429);
  expect(Date.parse(waiting?.until ?? "")).toBeGreaterThanOrEqual((throttle?.at ?? Infinity) + retryAfter * 1000);
  expect((await api.page("?status=queued")).operations.map((view) => view.id)).toEqual([id]);
  expect(await queues.messages()).toBe(1);
});

function byEmail(one: { readonly email: string }, other: { readonly email: string }): number {
  return one.email.localeCompare(other.email);
}
