import { expect, test, vi } from "vitest";
import { inParallel } from "../../shared/language/in-parallel.ts";
import { tellers } from "../support/hr-people.ts";
import { runLocalStack } from "../support/local-stack.ts";
import { LocalWebhooks } from "../support/local-webhooks.ts";
import { patience } from "../support/patience.ts";

const stack = await runLocalStack("--rate", "1000/1");
const { sandbox } = stack;
const hr = new LocalWebhooks(stack);

const joiner = (number: number) => ({
  type: "person.joined",
  data: { email: `p${number}@example.com`, firstname: "P", lastname: String(number), country: "US" },
});

test("A burst of deliveries, some repeated and some forged, and one record's events in a row, are each done once", async () => {
  const numbers = Array.from({ length: 101 }, (_, number) => number);
  // Each second one comes again, so a third of all are repeats.
  const all = numbers.flatMap((number) => (number % 2 === 0 ? [number, number] : [number]));
  expect(all.length).toBe(152);
  const person = { id: "in-a-row", email: "row@example.com", firstname: "In", lastname: "Row", country: "US" };
  await hr.setRecord("hibob", person.id, tellers.hibob("created", person).record);
  const statuses = new Map<number, number>();
  const count = ({ status }: { readonly status: number }) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const events = (async () => {
    for (let event = 0; event < 10; event++) count(await hr.deliver("hibob", tellers.hibob("updated", person).payload));
  })();
  await inParallel(all, 20, async (number) => count(await hr.deliver("standard", joiner(number), `msg_${number}`)));
  await inParallel(numbers.slice(0, 10), 5, async (number) => {
    const { headers } = hr.sign("standard", JSON.stringify(joiner(number)));
    count(await hr.post("standard", headers, JSON.stringify(joiner(9000 + number))));
  });
  await events;
  expect(Object.fromEntries(statuses)).toEqual({ 202: 162, 401: 10 });
  await vi.waitFor(async () => expect((await sandbox.users()).length).toBe(102), patience);
  await vi.waitFor(async () => expect(await hr.deliveries("status=queued")).toEqual([]), patience);
  const users = await sandbox.users();
  expect(users.filter(({ email }) => /^p9\d{3}@/.test(email))).toEqual([]);
  expect((await hr.deliveries("source=standard")).length).toBe(101);
  const requests = await sandbox.requests();
  expect(requests.filter(({ path }) => path === "/records/hibob/in-a-row").length).toBeLessThan(10);
  const commands = (await sandbox.actionRequests()).reduce((sum, each) => sum + each.commands, 0);
  expect(commands).toBe(102);
});
