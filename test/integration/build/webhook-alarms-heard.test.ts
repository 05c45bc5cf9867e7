import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CloudWatch } from "../../simulation/cloud-watch.ts";
import { credentials } from "../../simulation/credentials.ts";
import { forge, joiner, person, post, setRecord, sources, tell } from "../../simulation/hr-system.ts";
import { SimulatedWorld } from "../../simulation/simulated-world.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { templateOf } from "./template-of.ts";
import { WatchedStack } from "./watched-stack.ts";

const webhookSources = {
  standard: { preset: "standard", expectEvery: "5h" },
  bamboohr: { preset: "bamboohr", company: "example" },
};
const stack = new WatchedStack(templateOf({ webhookSources }));
const joined = joiner("ada@example.com");
let world: SimulatedWorld;
let cloudWatch: CloudWatch;

beforeEach(async () => {
  stack.listen(() => cloudWatch);
  const clock = new SimulatedClock();
  cloudWatch = new CloudWatch(clock);
  world = await SimulatedWorld.create({
    seed: 5,
    credentials,
    rate: { requests: 10, seconds: 60 },
    clock,
    sources,
    onInvoked: (name, hasFailed) => cloudWatch.put(["AWS/Lambda", "Errors", name], hasFailed ? 1 : 0),
  });
  await minutes(60);
  await world.until(post(world, joined));
  await minutes(6);
});

afterEach(() => {
  world.stop();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function minutes(count: number): Promise<void> {
  await world.clock.advance(count * 60_000);
}

/** Something is asked of a function that cannot start. */
async function without(worker: string, ask: () => Promise<unknown>): Promise<void> {
  world.broken.add(worker);
  await ask();
}

const on = () => stack.on(cloudWatch);
const tried = new Set<string>();

describe("where webhooks are taken, an alarm hears", () => {
  it("nothing while nothing is broken", async () => {
    await setRecord(world, "5", person("Byron", "ida@example.com"));
    await world.until(tell(world, "5", "created"));
    await minutes(3);
    expect(on()).toEqual([]);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      "DeliveriesFailed",
      "that a leaver is nobody who is known",
      () => post(world, { type: "person.left", data: { id: "9" } }),
    ],
    ["PayloadsUnreadable", "that a body says nothing", () => post(world, "not JSON")],
    ["IntakeErrors", "that records cannot be mapped", () => without("intake", () => tell(world, "5"))],
    ["WebhookErrors", "that webhooks cannot be taken", () => without("webhook", () => tell(world, "5"))],
    [
      "DeliveriesErrors",
      "that deliveries cannot be listed",
      () => without("deliveries", () => world.api.deliveries("deliveries")),
    ],
    [
      "RecordCredentials",
      "that an HR system refuses the credentials",
      async () => {
        await world.sandbox("faults", [{ on: "record", status: 401, times: 99 }]);
        await tell(world, "5");
      },
    ],
    [
      "DeliveriesRefused",
      "that three webhooks in a row are refused",
      async () => {
        for (let count = 0; count < 3; count++) await forge(world);
      },
    ],
  ])("by %s: %s", async (alarm, _, breakIt) => {
    await world.until(breakIt());
    await minutes(1);
    expect(on()).toContain(alarm);
    tried.add(alarm);
  });

  it("not that two in a row are refused, between good ones", async () => {
    for (const send of [() => forge(world), () => forge(world), () => post(world, joined), () => forge(world)])
      await world.until(send());
    expect(on()).toEqual([]);
  });

  it("that a source is silent for longer than it says, and that it speaks again", async () => {
    await world.pass(4 * 3600);
    expect(on()).not.toContain("SourceSilentstandard");
    await world.pass(2 * 3600);
    expect(on()).toContain("SourceSilentstandard");
    await world.until(post(world, joined));
    expect(on()).not.toContain("SourceSilentstandard");
    tried.add("SourceSilentstandard");
  });

  it.each([
    ["DeliveriesAge", "ApproximateAgeOfOldestMessage", "deliveries", 6 * 3600],
    ["DeliveryDeadLetters", "ApproximateNumberOfMessagesVisible", "dead deliveries", 1],
  ])("by %s what SQS tells of its queue", (alarm, metric, queue, value) => {
    cloudWatch.put(["AWS/SQS", metric, queue], value);
    expect(on()).toContain(alarm);
    tried.add(alarm);
  });

  it("with each alarm that there is only where webhooks are taken", () => {
    const others = new WatchedStack().alarms;
    expect([...tried].toSorted()).toEqual([...stack.alarms.keys()].filter((name) => !others.has(name)).toSorted());
  });
});
