import { afterEach, beforeEach, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { listed } from "./hr-system.ts";
import { SimulatedWorld } from "./simulated-world.ts";

const sources = {
  hibob: { key: [], configuration: { preset: "hibob" } },
  gusto: { key: [], configuration: { preset: "gusto" } },
  signing: { key: "a-key", configuration: { preset: "hibob" } },
};
let world: SimulatedWorld;
beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 12, credentials, rate: { requests: 100, seconds: 60 }, sources });
});
afterEach(() => world.stop());

const post = (source: string, body: string) =>
  world.until(world.api.deliver(source, { "content-type": "application/json" }, body));

test.each(["Ping test", '{"text":"Ping test"}'])(
  "HiBob's greeting %s gets 200, as long as the source has no key",
  async (ping) => {
    expect(await post("hibob", ping)).toMatchObject({ status: 200 });
    expect(await post("signing", ping)).toMatchObject({ status: 401 });
    expect(await post("hibob", '{"text":"Ping tests"}')).toMatchObject({ status: 401 });
  },
);

test("The token that Gusto offers is shown to whoever lists deliveries, and does nothing else", async () => {
  const offer = JSON.stringify({ verification_token: "token-of-gusto", webhook_subscription_uuid: "1" });
  for (let time = 0; time < 2; time++) expect(await post("gusto", offer)).toMatchObject({ status: 202 });
  expect(await post("hibob", offer)).toMatchObject({ status: 401 });
  expect(await listed(world, "?status=set-up")).toMatchObject([
    { source: "gusto", status: "set-up", token: "token-of-gusto" },
  ]);
});
