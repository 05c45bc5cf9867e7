import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, addTo, allOperations, create, operation, type SeenOperation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import type { SimulationOptions } from "./simulation-options.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const endless = { on: "action", times: 1_000_000 };
const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };

async function start(options: Partial<SimulationOptions> = {}): Promise<void> {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 }, ...options });
}

/** What an operation is shown to wait for, asked for in each of the ways that there are. */
async function waitingOf(id: string): Promise<SeenOperation["waiting"]> {
  const { waiting, user } = await operation(world, id);
  const [call = ""] = id.split("-");
  const filters = ["&status=queued", `&call=${call}`, ...(user === undefined ? [] : [`&user=${user}`])];
  for (const filter of filters)
    expect((await allOperations(world, filter)).find((each) => each.id === id)?.waiting).toEqual(inLists(waiting));
  return inLists(waiting);
}

/** Only of one operation is it told how many stand before it, and when it is expected. */
function inLists(waiting: SeenOperation["waiting"]): SeenOperation["waiting"] {
  if (waiting === undefined) return undefined;
  const { ahead: _, expectedAt: __, ...told } = waiting;
  return told;
}

const idsBy = async (reason: string) => (await allOperations(world, `&waiting=${reason}`)).map(({ id }) => id);

describe("A parked operation shows its own reason, by itself and in every listing", () => {
  test("held by a code that many may draw: nobody knows until when; and who stands behind it names it", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, command: { user: "busy@example.com" }, ...tooBusy }]);
    const [held = ""] = await accepted(world, create("busy@example.com"));
    const [behind = ""] = await accepted(world, addTo("busy@example.com", "TestGroup1"));
    await world.clock.advance(2 * minuteMs);
    expect(await waitingOf(held)).toEqual({ reason: "held" });
    expect(await waitingOf(behind)).toEqual({ reason: "behind", behind: held });
    expect(await idsBy("held")).toEqual([held]);
    expect(await idsBy("behind")).toEqual([behind]);
    expect(await idsBy("suspect")).toEqual([]);
    await world.sandbox("faults", []);
    await world.drain(3600);
    expect(await waitingOf(behind)).toBeUndefined();
    expect(await idsBy("held")).toEqual([]);
    expect(await idsBy("behind")).toEqual([]);
  });

  test("suspect, beside healthy ones that wait for Adobe's limit alone", async () => {
    await start({ rate: { requests: 1, seconds: 6 } });
    await world.sandbox("faults", [{ ...endless, command: { user: "bad@example.com" }, status: 500 }]);
    const [bad = ""] = await accepted(world, create("bad@example.com"));
    const others = await accepted(world, users(300).map(create));
    for (let second = 0; second < 600 && !(await idsBy("suspect")).includes(bad); second++)
      await world.clock.advance(1000);
    expect(await waitingOf(bad)).toMatchObject({ reason: "suspect" });
    expect((await waitingOf(others.at(-1) ?? ""))?.reason).toBe("budget");
  });

  test("unsettled, until Adobe can no longer apply what it did not answer", async () => {
    let isArmed = true;
    await start({
      network: async (send, url) => {
        if (!isArmed || !url.includes("/action/")) return await send();
        isArmed = false;
        return new Response("gateway timeout", { status: 504 });
      },
    });
    const sentAt = world.clock.now();
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.clock.advance(20_000);
    const waiting = await waitingOf(id);
    expect(waiting?.reason).toBe("unsettled");
    expect(Date.parse(waiting?.until ?? "") - sentAt).toBeGreaterThan(130_000);
    expect(Date.parse(waiting?.until ?? "") - sentAt).toBeLessThan(140_000);
    expect(await idsBy("unsettled")).toEqual([id]);
  });
});

test("What cannot be waited for is refused by name", async () => {
  await start();
  for (const query of ["waiting=ready", "waiting=", "waiting=HELD"])
    expect(await world.api.get(`/v1/operations?${query}`)).toMatchObject({
      status: 400,
      body: {
        detail: expect.stringContaining("waiting is held, suspect, unsettled, behind, removal-limit or scheduled"),
      },
    });
});
