import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { untilWithoutIdling } from "./idle-hours.ts";
import { accepted, create, operation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const daySeconds = 24 * 60 * 60;
const outageDays = 13;
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
    async (_, begin) => {
      world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
      await begin();
      const ids = await accepted(world, users(12).map(create));
      const end = world.clock.now() + outageDays * daySeconds * 1000 - 3 * 60 * 60 * 1000;
      await untilWithoutIdling(world, end);

      expect(await world.deadLetters()).toBe(0);
      // 14 days, at the rate of these.
      expect((world.queue.mostReceives * 14) / outageDays).toBeLessThan(maxReceives);
      expect(world.queue.violations).toEqual([]);
      for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "queued", attempts: 0 });
    },
  );
});
