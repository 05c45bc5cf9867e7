import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;

async function start(): Promise<void> {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
}

describe("Though the clocks of two invocations differ", () => {
  test.each([
    [0, 0],
    [3000, -3000],
    [-2000, 1000],
  ])("by %d and %d ms, a bad command of an idle lane costs one probe for each time it is sent", async (...skews) => {
    await start();
    let invocations = 0;
    world.skewMs = () => skews[invocations++ % 2] ?? 0;
    await world.sandbox("faults", [{ on: "action", command: { user: "bad@example.com" }, times: 1000, status: 500 }]);
    await accepted(world, create("bad@example.com"));
    await world.clock.advance(60 * minuteMs);
    const requests = await actionRequests(world);
    const probes = requests.filter(({ path }) => path.includes("testOnly"));
    expect(probes.length).toBeGreaterThan(0);
    expect(probes.length).toBeLessThanOrEqual(requests.length - probes.length + 1);
  });

  test.each([-1, -1000, -3000])("by %d ms, the releaser's bell is heard each minute", async (skewMs) => {
    await start();
    world.skewMs = () => (world.clock.now() % (2 * minuteMs) === 0 ? skewMs : 0);
    const busy = { errorCode: "error.api.not_available", message: "later" };
    for (let count = 0; count < 4; count++) {
      const user = `user.${count}@example.com`;
      await world.sandbox("faults", [{ on: "action", command: { user }, times: 1, ...busy }]);
      const [id = ""] = await accepted(world, create(user));
      await world.clock.advance(minuteMs + 1);
      expect((await operation(world, id)).status).toBe("succeeded");
    }
  });
});
