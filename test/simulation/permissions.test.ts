import { afterEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { createCredentials } from "../../infra/local/adobe/credentials.ts";
import type { Service } from "../../infra/local/aws/service.ts";
import { formatMessage } from "../../shared/operation/message.ts";
import { permissionsIn } from "../integration/build/permissions-in.ts";
import { templateOf } from "../integration/build/template-of.ts";
import { deadLetterQueueName, queueName, queueUrl, returnedQueueName } from "./aws.ts";
import { ledgerTable, roomTable } from "./ledger-table.ts";
import { Life } from "./life.ts";
import { accepted, addTo, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
afterEach(() => world.stop());

const inputSchema = z.looseObject({
  TableName: z.optional(z.string()),
  IndexName: z.optional(z.string()),
  RequestItems: z.optional(z.record(z.string(), z.unknown())),
  QueueUrl: z.optional(z.string()),
});

const tables: Readonly<Record<string, string>> = {
  [ledgerTable.TableName]: "<LedgerTable>",
  [roomTable.TableName]: "<RoomTable>",
};
const queues: Readonly<Record<string, string>> = {
  [queueUrl(queueName)]: "<WorkQueue>",
  [queueUrl(returnedQueueName)]: "<WorkQueueReturnedQueue>",
  [queueUrl(deadLetterQueueName)]: "<WorkQueueDeadLetterQueue>",
};
/** AWS: a batch of sends, or of changes, needs the permission of a single one. */
const permissions: Readonly<Record<string, string>> = {
  SendMessageBatch: "SendMessage",
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
};

/** Notes what each function asks of the service, in the words of its role's permissions. */
function note(service: Service, name: "dynamodb" | "sqs", calls: Map<string, Set<string>>): void {
  const handle = service.handle.bind(service);
  service.handle = (action, input, signal) => {
    const { TableName, IndexName, RequestItems = {}, QueueUrl } = inputSchema.parse(input);
    const resources = [
      ...[TableName ?? [], Object.keys(RequestItems)].flat().map((table) => tables[table]),
      ...(QueueUrl === undefined ? [] : [queues[QueueUrl]]),
    ];
    for (const resource of resources) {
      const on = IndexName === undefined ? resource : `{"Fn::Join":["",[${resource},"/index/${IndexName}"]]}`;
      if (Life.current !== undefined)
        called(calls, Life.current.of).add(`Allow ${name}:${permissions[action] ?? action} on ${on}`);
    }
    return handle(action, input, signal);
  };
}

function called(calls: Map<string, Set<string>>, worker: string): Set<string> {
  const known = calls.get(worker) ?? new Set();
  calls.set(worker, known);
  return known;
}

const endless = { on: "action", times: 1_000_000 };
const hour = 3600;

/** Lets happen to the functions whatever makes them turn to a table or a queue. */
async function live(): Promise<void> {
  const busy = { errorCode: "error.throttled_by_external_service", message: "later" };
  const faults = [
    { ...endless, command: { user: "bad@example.com" }, status: 500 },
    { ...endless, command: { usergroup: "Sales" }, ...busy },
    { ...endless, command: { user: "busy@example.com" }, ...busy },
  ];
  await world.sandbox("faults", faults);
  const group = { usergroup: "Sales", do: [{ createUserGroup: {} }] };
  const joiners = users(12, "joiner").map((user) => ({
    user,
    do: [...create(user).do, { add: { group: ["Sales"] } }],
  }));
  await accepted(world, ["bad@example.com", "busy@example.com", ...users(20)].map(create), { "idempotency-key": "1" });
  await accepted(world, [group, ...joiners]);
  await world.clock.advance(2 * hour * 1000);
  for (const { id } of await allOperations(world, "&status=failed")) await world.retry(id);
  await world.sandbox("faults", []);
  world.network.befall("/action/", { kind: "silence" }, 1);
  await accepted(world, addTo("user.1@example.com", "TestGroup1"));
  await accepted(world, addTo("user.2@example.com", "TestGroup1"));
  await world.drain(3 * hour);

  world.canDispatchStart = false;
  await accepted(world, users(3, "late").map(create));
  const moved = [...world.queue.queued.values()].slice(-2).map((operation) => formatMessage([operation]));
  for (const [index, MessageBody] of ["poison", ...moved].entries())
    for (const name of [queueName, returnedQueueName])
      await world.sqs.handle("SendMessage", {
        QueueUrl: queueUrl(name),
        MessageBody,
        MessageGroupId: "default",
        MessageDeduplicationId: `moved-${index}`,
      });
  await world.pass(13.5 * 24 * hour);
  await world.clock.advance(hour * 1000);
  world.canDispatchStart = true;
  await world.drain(hour);
  await world.get("/v1/operations?user=user.1@example.com");
}

test("No function asks of a table or a queue what its role does not allow", async () => {
  const credentials = await createCredentials();
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 } });
  const calls = new Map<string, Set<string>>();
  note(world.dynamo, "dynamodb", calls);
  note(world.sqs, "sqs", calls);
  await live();
  const template = templateOf();
  const workers = ["submit", "operations", "retry", "dispatch", "release", "rescue", "sweep"];
  expect([...calls.keys()].toSorted()).toEqual(workers.toSorted());
  for (const [worker, made] of calls) {
    const allowed = permissionsIn(template, `${worker.charAt(0).toUpperCase()}${worker.slice(1)}`);
    expect([worker, ...made].filter((call) => !allowed.includes(call))).toEqual([worker]);
  }
}, 120_000);
