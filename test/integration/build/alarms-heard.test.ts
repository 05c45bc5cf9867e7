import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownWorkerNames } from "../../../infra/bundle/worker-code.ts";
import { formatMessage } from "../../../shared/operation/message.ts";
import { mappingIds, queueName, queueUrl, returnedQueueName } from "../../simulation/aws.ts";
import { CloudWatch } from "../../simulation/cloud-watch.ts";
import { credentials } from "../../simulation/credentials.ts";
import { MessageAges } from "../../simulation/message-ages.ts";
import { accepted, create, users } from "../../simulation/observations.ts";
import type { ApiAnswer } from "../../simulation/simulated-api.ts";
import { SimulatedWorld } from "../../simulation/simulated-world.ts";
import { asNewer, rewriteRow } from "../../simulation/stored-rows.ts";
import { operationOf } from "../../support/operations.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { WatchedStack } from "./watched-stack.ts";

const stack = new WatchedStack();
let world: SimulatedWorld;
let cloudWatch: CloudWatch;
let ages: MessageAges;

beforeEach(async () => {
  stack.listen(() => cloudWatch);
  const clock = new SimulatedClock();
  cloudWatch = new CloudWatch(clock);
  world = await SimulatedWorld.create({
    seed: 3,
    credentials,
    rate: { requests: 10, seconds: 60 },
    clock,
    removalLimit: "1/3600",
    onInvoked: (name, hasFailed) => cloudWatch.put(["AWS/Lambda", "Errors", name], hasFailed ? 1 : 0),
  });
  ages = new MessageAges(world.sqs, queueName, clock);
  await minutes(60);
  answered(await submit("first@example.com"));
  await minutes(5);
  await minutes(1);
});

afterEach(() => {
  world.stop();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Alarms that were on at some time of the last `minutes`. */
const heard = new Set<string>();

/** Lets time pass, and SQS publish its metrics. @param step minutes from one look at the alarms to the next */
async function minutes(count: number, step = 1): Promise<void> {
  heard.clear();
  for (let passed = 0; passed < count; passed += step) {
    await world.clock.advance(step * 60_000);
    cloudWatch.put(["AWS/SQS", "ApproximateNumberOfMessagesVisible", "dead letters"], await world.deadLetters());
    cloudWatch.put(["AWS/SQS", "ApproximateAgeOfOldestMessage", "queue"], ages.oldest ?? 0);
    for (const alarm of stack.on(cloudWatch)) heard.add(alarm);
  }
}

const hours = (count: number) => minutes(count * 60, 5);

/** Lets hours pass in which nothing runs, which costs nothing; then half an hour, in which everything runs again. */
async function quietHours(count: number): Promise<void> {
  await world.pass((count - 0.5) * 3600);
  await hours(0.5);
}

function answered({ status }: ApiAnswer): void {
  cloudWatch.put(["AWS/ApiGateway", "5xx", "api"], status >= 500 ? 1 : 0);
}

const submit = (email: string) => world.api.post(create(email));
const put = (queue: string, body: string) =>
  world.sqs.handle("SendMessage", {
    QueueUrl: queueUrl(queue),
    MessageBody: body,
    MessageGroupId: "default",
    MessageDeduplicationId: "of-nobody",
  });
/** Alarms that are on, or were since time last passed. */
const on = () => [...heard, ...stack.on(cloudWatch).filter((alarm) => !heard.has(alarm))];

/** Every alarm that a test has broken something for. */
const tried = new Set<string>();

/** The alarms are on, or were since time last passed. */
function expectOn(...names: readonly string[]): void {
  expect(on()).toEqual(expect.arrayContaining([...names]));
  for (const name of names) tried.add(name);
}

/** No other alarm is on. */
function expectOnlyOn(...names: readonly string[]): void {
  expectOn(...names);
  expect(on()).toHaveLength(names.length);
}

/** How to call each function once. */
const calls: Readonly<Record<(typeof ownWorkerNames)[number], () => Promise<unknown>>> = {
  submit: async () => answered(await submit("second@example.com")),
  operations: async () => answered(await world.api.get("/v1/operations")),
  operate: async () => answered(await world.api.lane()),
  retry: async () => answered(await world.api.retry("0".repeat(32))),
  dispatch: () => put(queueName, "second"),
  rescue: () => put(returnedQueueName, "second"),
  release: () => world.release(),
  sweep: () => world.sweep(),
};
const nameOf = (worker: string) => `${worker.charAt(0).toUpperCase()}${worker.slice(1)}Errors`;

describe("while nothing is broken", () => {
  it("no alarm is on", async () => {
    expect(on()).toEqual([]);
    await minutes(120);
    expect(on()).toEqual([]);
  });
});

describe("an alarm hears", () => {
  it.each(ownWorkerNames)("that %s cannot start", async (worker) => {
    world.broken.add(worker);
    await calls[worker]();
    await minutes(worker === "dispatch" || worker === "rescue" ? 5 : 0);
    expectOn(nameOf(worker));
  });

  it("that Adobe refuses a leaver, once ahead of its place and once in its place", async () => {
    await world.api.post(create("leaver@example.com"));
    await minutes(5);
    const refusals = {
      on: "action",
      times: 2,
      command: { user: "leaver@example.com" },
      errorCode: "error.user.type_unknown",
    };
    await world.sandbox("faults", [refusals]);
    await world.api.operate("lane/pause");
    await world.api.post({ user: "leaver@example.com", do: [{ removeFromOrg: {} }] });
    await minutes(1);
    await world.api.operate("lane/resume");
    await minutes(10);
    expectOn("LeaversRefused");
    expectOn("OperationsFailed");
  });

  it("that removals above the limit are held, by RemovalsHeld alone, and once", async () => {
    const leavers = users(3, "leaver").map((user) => ({ user, do: [{ removeFromOrg: {} }] }));
    await world.api.post(leavers.map(({ user }) => create(user)));
    await minutes(5);
    expect(on()).toEqual([]);
    await world.api.post(leavers);
    await minutes(5);
    expectOnlyOn("RemovalsHeld");
    await hours(3);
    expect(on()).toEqual([]);
  });

  it.each(["submit", "operations", "operate", "retry"] as const)("that the API fails, by %s", async (worker) => {
    world.broken.add(worker);
    await calls[worker]();
    expectOn("ApiErrors");
  });

  it.each([
    ["an entry of a batch", { entries: [0] }],
    ["a whole call, for now", {}],
    ["a whole call, because a permission is missing", { status: 403, code: "AccessDenied" }],
  ])("that SQS refuses to take %s from submit", async (_, refusal) => {
    world.sqs.refuse({ action: "SendMessageBatch", times: 3, ...refusal });
    answered(await submit("second@example.com"));
    expectOn("SendsRefused", "ApiErrors");
  });

  it("that SQS refuses scheduled work of the releaser", async () => {
    const soon = new Date(world.clock.now() + 10 * 60_000).toISOString();
    answered(await world.api.post({ ...create("later@example.com"), notBefore: soon }));
    await minutes(5);
    expect(on()).toEqual([]);
    world.sqs.refuse({ action: "SendMessageBatch", times: 3 });
    await minutes(10);
    expectOn("SendsRefused");
  });

  it.each([
    ["release", "ReleaseStopped", 25],
    ["sweep", "SweepStopped", 75],
  ] as const)("that the rule of %s is disabled", async (rule, alarm, after) => {
    world.disabled.add(rule);
    await minutes(after);
    expectOnlyOn(alarm);
    world.disabled.delete(rule);
    await minutes(20);
    await minutes(20);
    expect(on()).toEqual([]);
  });

  it.each([
    ["release", "ReleaseStopped", 25],
    ["sweep", "SweepStopped", 75],
  ] as const)("that %s runs, but never to its end", async (worker, alarm, after) => {
    world.broken.add(worker);
    await minutes(after);
    expectOn(alarm, nameOf(worker));
  });

  it.each(Object.entries(mappingIds))("that the mapping of %s is switched off, until it is on", async (_, id) => {
    world.lambda.switch(id, "Disabled");
    await minutes(20);
    expectOnlyOn("MappingsOff");
    world.lambda.switch(id, "Enabled");
    await minutes(40);
    await minutes(20);
    expect(on()).toEqual([]);
  });

  it("that AWS does not say whether the mappings are on", async () => {
    vi.spyOn(world.lambda, "handle").mockResolvedValue({ status: 403, body: {}, headers: {} });
    await minutes(15);
    expectOn("SweepErrors", "ErrorsLogged");
  });

  it("that a message is not of this service's form", async () => {
    await put(queueName, "not an operation");
    await minutes(5);
    expectOn("DeadLetters", "ErrorsLogged");
  });

  it("that Adobe refuses the credential", async () => {
    await world.sandbox("faults", [{ on: "action", status: 401, times: 10 }]);
    answered(await submit("second@example.com"));
    await minutes(5);
    expectOn("CredentialRefusals");
  });

  it("that Adobe fails again and again", async () => {
    await world.sandbox("faults", [{ on: "action", status: 503, times: 10 }]);
    answered(await submit("second@example.com"));
    await minutes(10);
    expectOn("AdobeFailures");
  });

  it("that Adobe refuses an operation", async () => {
    answered(await submit("somebody@elsewhere.example"));
    await minutes(5);
    expectOn("OperationsFailed");
  });

  it.each(["{}", "not JSON", ""])("that the secret holds %j", async (text) => {
    await world.putSecretText(text);
    world.deploy({ allowAccountDeletion: false });
    answered(await submit("second@example.com"));
    await minutes(5);
    expectOnlyOn("CredentialsUnreadable");
    await minutes(60);
    expectOnlyOn("CredentialsUnreadable");
  });

  it("that operations wait in the queue for six hours, because dispatch gets nothing done", async () => {
    world.broken.add("dispatch");
    await accepted(world, users(20).map(create));
    await hours(5.5);
    expectOnlyOn("DispatchErrors");
    await hours(1);
    expectOnlyOn("DispatchErrors", "QueueAge");
  });

  it("that an operation waits in the room for six hours, and none that is only scheduled", async () => {
    const nextDay = new Date(world.clock.now() + 24 * 3_600_000).toISOString();
    answered(await world.api.post({ ...create("later@example.com"), notBefore: nextDay }));
    await quietHours(7);
    await hours(0.25);
    expectOnlyOn();
    const busy = { errorCode: "error.throttled_by_external_service", message: "later" };
    const command = { user: "busy@example.com" };
    await world.sandbox("faults", [{ on: "action", times: 1_000_000, command, ...busy }]);
    answered(await submit("busy@example.com"));
    await minutes(5);
    await quietHours(5);
    await hours(0.5);
    expectOnlyOn();
    await hours(1);
    expectOnlyOn("OldestParked");
  });

  it("that somebody paused the lane a day ago", async () => {
    await world.api.operate("lane/pause");
    await quietHours(23);
    await hours(0.5);
    expectOnlyOn();
    await hours(1);
    expectOnlyOn("LanePaused");
    await world.api.operate("lane/resume");
    await hours(1);
    await minutes(20);
    expectOnlyOn();
  });

  it("that SQS has moved an operation away, because it was received too often", async () => {
    await put(returnedQueueName, formatMessage([operationOf(`${"a".repeat(32)}-000`, create("second@example.com"))]));
    await minutes(5);
    expectOnlyOn("OperationsReturned");
  });

  it.each(["a message", "a row"])("that %s is of a newer version", async (what) => {
    await world.api.operate("lane/pause");
    const message = asNewer(formatMessage([operationOf(`${"a".repeat(32)}-000`, create("second@example.com"))]));
    if (what === "a message") await put(queueName, message);
    else {
      const [id = ""] = await accepted(world, create("second@example.com"));
      await rewriteRow(world, id, asNewer);
    }
    await world.api.operate("lane/resume");
    await minutes(35);
    expectOnlyOn("OperationsUnreadable");
  });
});

it("Every alarm of the stack has heard the thing break that it is for", () => {
  expect([...tried].toSorted()).toEqual([...stack.alarms.keys()].toSorted());
});
