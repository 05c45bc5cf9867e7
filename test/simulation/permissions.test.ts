import { afterEach, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Service } from "../../infra/local/aws/service.ts";
import { formatMessage } from "../../shared/operation/message.ts";
import { permissionsIn, permits } from "../integration/build/permissions-in.ts";
import { templateOf } from "../integration/build/template-of.ts";
import { deadLetterQueueName, deliveryQueueName, queueName, queueUrl, returnedQueueName } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { listed, person, post, setRecord, sources, tell } from "./hr-system.ts";
import { ledgerTable, roomTable } from "./ledger-table.ts";
import { Life } from "./life.ts";
import { accepted, addTo, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
afterEach(() => world.stop());

const itemSchema = z.looseObject({ pk: z.looseObject({ S: z.string() }) });
const inputSchema = z.looseObject({
  TableName: z.optional(z.string()),
  IndexName: z.optional(z.string()),
  RequestItems: z.optional(z.record(z.string(), z.unknown())),
  Key: z.optional(itemSchema),
  Item: z.optional(itemSchema),
  ExpressionAttributeValues: z.optional(z.looseObject({ ":pk": z.optional(z.looseObject({ S: z.string() })) })),
  QueueUrl: z.optional(z.string()),
});
const readsSchema = z.object({ Keys: z.array(itemSchema) });
const writesSchema = z.array(
  z.object({
    PutRequest: z.optional(z.object({ Item: itemSchema })),
    DeleteRequest: z.optional(z.object({ Key: itemSchema })),
  }),
);

/** The partition keys of the items that a call is about, as IAM knows them: `dynamodb:LeadingKeys`. */
function leadingKeys({
  Key,
  Item,
  RequestItems = {},
  ExpressionAttributeValues,
}: z.infer<typeof inputSchema>): string[] {
  const inBatch = Object.values(RequestItems).flatMap((requests) => {
    const reads = readsSchema.safeParse(requests);
    if (reads.success) return reads.data.Keys;
    return writesSchema
      .parse(requests)
      .flatMap(({ PutRequest, DeleteRequest }) => [
        ...(PutRequest === undefined ? [] : [PutRequest.Item]),
        ...(DeleteRequest === undefined ? [] : [DeleteRequest.Key]),
      ]);
  });
  const keys = [Key ?? [], Item ?? [], inBatch].flat().map(({ pk }) => pk.S);
  return [...keys, ...(ExpressionAttributeValues?.[":pk"] === undefined ? [] : [ExpressionAttributeValues[":pk"].S])];
}

interface Call {
  /** As a permission without its keys. */
  readonly call: string;
  readonly keys: readonly string[];
}

const tables: Readonly<Record<string, string>> = {
  [ledgerTable.TableName]: "<LedgerTable>",
  [roomTable.TableName]: "<RoomTable>",
};
const queues: Readonly<Record<string, string>> = {
  [queueUrl(queueName)]: "<WorkQueue>",
  [queueUrl(returnedQueueName)]: "<WorkQueueReturnedQueue>",
  [queueUrl(deadLetterQueueName)]: "<WorkQueueDeadLetterQueue>",
  [queueUrl(deliveryQueueName)]: "<WebhooksDeliveryQueue>",
};
/** AWS: a batch of sends, or of changes, needs the permission of a single one. */
const permissions: Readonly<Record<string, string>> = {
  SendMessageBatch: "SendMessage",
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
};

/** Notes what each function asks of the service, in the words of its role's permissions. */
function note(service: Service, name: "dynamodb" | "sqs", calls: Map<string, Call[]>): void {
  const handle = service.handle.bind(service);
  service.handle = (action, input, signal) => {
    const parsed = inputSchema.parse(input);
    const { TableName, IndexName, RequestItems = {}, QueueUrl } = parsed;
    const keys = IndexName === undefined ? leadingKeys(parsed) : [];
    const resources = [
      ...[TableName ?? [], Object.keys(RequestItems)].flat().map((table) => tables[table]),
      ...(QueueUrl === undefined ? [] : [queues[QueueUrl]]),
    ];
    for (const resource of resources) {
      const on = IndexName === undefined ? resource : `{"Fn::Join":["",[${resource},"/index/${IndexName}"]]}`;
      if (Life.current !== undefined)
        called(calls, Life.current.of).push({ call: `Allow ${name}:${permissions[action] ?? action} on ${on}`, keys });
    }
    return handle(action, input, signal);
  };
}

function called(calls: Map<string, Call[]>, worker: string): Call[] {
  const known = calls.get(worker) ?? [];
  calls.set(worker, known);
  return known;
}

const endless = { on: "action", times: 1_000_000 };
const hour = 3600;

/** Makes the functions call each table and queue in each way that they can. */
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
  for (const { id } of await allOperations(world, "&status=failed")) await world.api.retry(id);
  await world.sandbox("faults", []);
  world.network.befall("/action/", { kind: "silence" }, 1);
  await accepted(world, addTo("user.1@example.com", "TestGroup1"));
  await accepted(world, addTo("user.2@example.com", "TestGroup1"));
  await world.drain(3 * hour);

  world.broken.add("dispatch");
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
  world.broken.delete("dispatch");
  await world.drain(hour);
  await world.api.get("/v1/operations?user=user.1@example.com");
  await operateByHand();
}

/** Cancels, pauses, resumes, and looks at the lane. */
async function operateByHand(): Promise<void> {
  const notBefore = new Date(world.clock.now() + hour * 1000).toISOString();
  const [scheduled = "", other = ""] = await accepted(
    world,
    ["eve@example.com", "mel@example.com"].map((user) => ({ ...create(user), notBefore })),
  );
  await world.api.operate(`operations/${scheduled}/cancel`);
  await world.api.operate(`calls/${other.split("-")[0]}/cancel`);
  await world.sandbox("faults", [
    {
      ...endless,
      command: { user: "kim@example.com" },
      errorCode: "error.throttled_by_external_service",
      message: "later",
    },
  ]);
  const [held = ""] = await accepted(world, create("kim@example.com"));
  await world.clock.advance(60_000);
  await world.api.operate(`operations/${held}/cancel`);
  await world.api.operate("lane/pause");
  await accepted(world, create("zoe@example.com"));
  await world.clock.advance(60_000);
  await world.api.lane();
  await world.api.erase("user.1@example.com");
  await world.api.operate("lane/resume");
  await world.drain(hour);
}

/** Posts joiners, movers and leavers, scheduled ones, and what fails; lists and retries it, and seeds and erases people. */
async function takeWebhooks(): Promise<void> {
  const data = { id: "1", email: "ida@example.com", firstname: "Ida", lastname: "Byron", country: "US" };
  const at = (seconds: number) => new Date(world.clock.now() + seconds * 1000).toISOString();
  await world.until(post(world, { type: "person.joined", data }));
  for (const seconds of [hour, 2 * hour]) {
    await world.clock.advance(60_000);
    await world.until(post(world, { type: "person.left", data: { ...data, effectiveAt: at(seconds) } }));
  }
  await world.until(post(world, { type: "person.joined", data: { ...data, id: "2", groups: [""] } }, "msg_twice"));
  await world.until(post(world, { type: "person.joined", data: { ...data, id: "2", groups: [""] } }, "msg_twice"));
  await setRecord(world, "5", person("Byron", "zoe@example.com"));
  await world.sandbox("faults", [{ on: "record", status: 503 }]);
  for (const stamp of ["same", "same", "other"]) await world.until(tell(world, "5", "updated", stamp));
  await world.clock.advance(10 * 60_000);
  await setRecord(world, "5", null);
  await world.until(tell(world, "5", "deleted"));
  await world.clock.advance(60_000);
  for (const { id } of await listed(world)) await world.until(world.api.deliveries(`deliveries/${id}/retry`, "POST"));
  await listed(world, "?source=standard&status=failed");
  const people = [{ record: "9", email: "lee@example.com" }];
  await world.until(world.api.deliveries("webhooks/bamboohr/people", "POST", { people }));
  await world.clock.advance(3 * hour * 1000);
  await world.until(world.api.erase("ida@example.com"));
  await world.until(world.api.erase("zoe@example.com"));
}

test("No function asks of a table or a queue what its role does not allow", async () => {
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 }, sources });
  const calls = new Map<string, Call[]>();
  note(world.dynamo, "dynamodb", calls);
  note(world.sqs, "sqs", calls);
  await live();
  await takeWebhooks();
  const template = templateOf({ webhookSources: { standard: { preset: "standard" } } });
  const ofWebhooks = ["webhook", "intake", "deliveries"];
  const workers = ["submit", "operations", "operate", "retry", "dispatch", "release", "rescue", "sweep", ...ofWebhooks];
  expect([...calls.keys()].toSorted()).toEqual(workers.toSorted());
  for (const [worker, made] of calls) {
    const name = `${worker.charAt(0).toUpperCase()}${worker.slice(1)}`;
    const allowed = permissionsIn(template, ofWebhooks.includes(worker) ? `Webhooks${name}` : name);
    // Every key of a call by itself: a statement that covers one of them covers the call only if it covers all.
    const refused = made.filter(
      ({ call, keys }) =>
        !allowed.some((permission) =>
          keys.length === 0 ? permits(permission, call) : keys.every((key) => permits(permission, call, key)),
        ),
    );
    expect({ worker, refused }).toEqual({ worker, refused: [] });
  }
}, 120_000);
