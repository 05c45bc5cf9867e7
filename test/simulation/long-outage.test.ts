import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Credentials, createCredentials } from "../../infra/local/adobe/credentials.ts";
import { accepted, create, operation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let credentials: Credentials;
let world: SimulatedWorld;

beforeAll(async () => {
  credentials = await createCredentials();
});

afterEach(() => world.stop());

const daySeconds = 24 * 60 * 60;
const outageDays = 13;
/** Work whose connection broke off waits in the room, so that no hidden message lets the test skip hours. */
const outageDaysInTheRoom = 2;
/** SQS moves a message to the dead-letter queue at its thousandth receive. */
const maxReceives = 1000;
const endless = { on: "action", times: 1_000_000 };

const outages = {
  "429 without Retry-After": () => world.sandbox("faults", [{ ...endless, status: 429 }]),
  "429 with a Retry-After of a second": () => world.sandbox("faults", [{ ...endless, status: 429, retryAfter: 1 }]),
  "429 with a Retry-After of 54 minutes": () =>
    world.sandbox("faults", [{ ...endless, status: 429, retryAfter: 3244 }]),
  "503": () => world.sandbox("faults", [{ ...endless, status: 503 }]),
  "connections that break off": () => world.sandbox("faults", [{ ...endless, effect: "reset" }]),
  "refused credentials": () => world.adobe.credentials.rotateSecret("another"),
  "an IMS that fails": () => world.sandbox("faults", [{ ...endless, on: "token", status: 503 }]),
};

describe("After days of nothing but", () => {
  test.each(Object.entries(outages))(
    "%s, every message is still in its queue, uncharged, and far from its thousandth receive",
    async (outage, begin) => {
      const days = outage === "connections that break off" ? outageDaysInTheRoom : outageDays;
      world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
      await begin();
      const ids = await accepted(world, users(12).map(create));
      const end = world.clock.now() + days * daySeconds * 1000 - 3 * 60 * 60 * 1000;
      await untilWithoutIdling(end);

      expect(await world.deadLetters()).toBe(0);
      // 14 days, at the rate of these.
      expect((world.queue.mostReceives * 14) / days).toBeLessThan(maxReceives);
      expect(world.queue.violations).toEqual([]);
      for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "queued", attempts: 0 });
    },
  );
});

/** Lets the consumer work, and spares it the hours in which every message is hidden. */
async function untilWithoutIdling(end: number): Promise<void> {
  while (world.clock.now() < end) {
    await world.clock.advance(5000);
    const idleMs = world.queue.hiddenUntil - world.clock.now() - 5000;
    if (idleMs > 0) await world.pass(Math.floor(Math.min(idleMs, end - world.clock.now()) / 1000));
  }
}
