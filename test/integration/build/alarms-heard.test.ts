import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { workerNames } from "../../../infra/bundle/worker-code.ts";
import { type Credentials, createCredentials } from "../../../infra/local/adobe/credentials.ts";
import { mappingIds, queueName, queueUrl, returnedQueueName } from "../../simulation/aws.ts";
import { CloudWatch } from "../../simulation/cloud-watch.ts";
import { create } from "../../simulation/observations.ts";
import { type ApiAnswer, SimulatedWorld } from "../../simulation/simulated-world.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { WatchedStack } from "./watched-stack.ts";

const stack = new WatchedStack();
let credentials: Credentials;
let world: SimulatedWorld;
let cloudWatch: CloudWatch;

beforeAll(async () => {
  credentials = await createCredentials();
});

beforeEach(async () => {
  stack.listen(() => cloudWatch);
  const clock = new SimulatedClock();
  cloudWatch = new CloudWatch(clock);
  world = await SimulatedWorld.create({
    seed: 3,
    credentials,
    rate: { requests: 10, seconds: 60 },
    clock,
    onInvoked: (name, hasFailed) => cloudWatch.put(["AWS/Lambda", "Errors", name], hasFailed ? 1 : 0),
  });
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

/** Lets time pass, and SQS publish its metrics. */
async function minutes(count: number): Promise<void> {
  heard.clear();
  for (let passed = 0; passed < count; passed++) {
    await world.clock.advance(60_000);
    cloudWatch.put(["AWS/SQS", "ApproximateNumberOfMessagesVisible", "dead letters"], await world.deadLetters());
    for (const alarm of stack.on(cloudWatch)) heard.add(alarm);
  }
}

function answered({ status }: ApiAnswer): void {
  cloudWatch.put(["AWS/ApiGateway", "5xx", "api"], status >= 500 ? 1 : 0);
}

const submit = (email: string) => world.post(create(email));
const put = (queue: string, body: string) =>
  world.sqs.handle("SendMessage", {
    QueueUrl: queueUrl(queue),
    MessageBody: body,
    MessageGroupId: "default",
    MessageDeduplicationId: "of-nobody",
  });
/** Alarms that are on, or were since time last passed. */
const on = () => [...heard, ...stack.on(cloudWatch).filter((alarm) => !heard.has(alarm))];

/** How to call each function once. */
const calls: Readonly<Record<(typeof workerNames)[number], () => Promise<unknown>>> = {
  submit: async () => answered(await submit("second@example.com")),
  operations: async () => answered(await world.get("/v1/operations")),
  operate: async () => answered(await world.lane()),
  retry: async () => answered(await world.retry("0".repeat(32))),
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
  it.each(workerNames)("that %s cannot start", async (worker) => {
    world.broken.add(worker);
    await calls[worker]();
    await minutes(worker === "dispatch" || worker === "rescue" ? 5 : 0);
    expect(on()).toContain(nameOf(worker));
  });

  it.each(["submit", "operations", "operate", "retry"] as const)("that the API fails, by %s", async (worker) => {
    world.broken.add(worker);
    await calls[worker]();
    expect(on()).toContain("ApiErrors");
  });

  it.each([
    ["an entry of a batch", { entries: [0] }],
    ["a whole call, for now", {}],
    ["a whole call, because a permission is missing", { status: 403, code: "AccessDenied" }],
  ])("that SQS refuses to take %s from submit", async (_, refusal) => {
    world.sqs.refuse({ action: "SendMessageBatch", times: 3, ...refusal });
    answered(await submit("second@example.com"));
    expect(on()).toEqual(expect.arrayContaining(["SendsRefused", "ApiErrors"]));
  });

  it("that SQS refuses scheduled work of the releaser", async () => {
    const soon = new Date(world.clock.now() + 10 * 60_000).toISOString();
    answered(await world.post({ ...create("later@example.com"), notBefore: soon }));
    await minutes(5);
    expect(on()).toEqual([]);
    world.sqs.refuse({ action: "SendMessageBatch", times: 3 });
    await minutes(10);
    expect(on()).toContain("SendsRefused");
  });

  it.each([
    ["release", "ReleaseStopped", 25],
    ["sweep", "SweepStopped", 75],
  ] as const)("that the rule of %s is disabled", async (rule, alarm, after) => {
    world.disabled.add(rule);
    await minutes(after);
    expect(on()).toEqual([alarm]);
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
    expect(on()).toEqual(expect.arrayContaining([alarm, nameOf(worker)]));
  });

  it.each(Object.entries(mappingIds))("that the mapping of %s is switched off, until it is on", async (_, id) => {
    world.lambda.switch(id, "Disabled");
    await minutes(20);
    expect(on()).toEqual(["MappingsOff"]);
    world.lambda.switch(id, "Enabled");
    await minutes(40);
    await minutes(20);
    expect(on()).toEqual([]);
  });

  it("that AWS does not say whether the mappings are on", async () => {
    vi.spyOn(world.lambda, "handle").mockResolvedValue({ status: 403, body: {}, headers: {} });
    await minutes(15);
    expect(on()).toEqual(expect.arrayContaining(["SweepErrors", "ErrorsLogged"]));
  });

  it("that a message is not of this service's form", async () => {
    await put(queueName, "not an operation");
    await minutes(5);
    expect(on()).toEqual(expect.arrayContaining(["DeadLetters", "ErrorsLogged"]));
  });

  it("that Adobe refuses the credential", async () => {
    await world.sandbox("faults", [{ on: "action", status: 401, times: 10 }]);
    answered(await submit("second@example.com"));
    await minutes(5);
    expect(on()).toContain("CredentialRefusals");
  });

  it("that Adobe fails again and again", async () => {
    await world.sandbox("faults", [{ on: "action", status: 503, times: 10 }]);
    answered(await submit("second@example.com"));
    await minutes(10);
    expect(on()).toContain("AdobeFailures");
  });

  it("that Adobe refuses an operation", async () => {
    answered(await submit("somebody@elsewhere.example"));
    await minutes(5);
    expect(on()).toContain("OperationsFailed");
  });
});
