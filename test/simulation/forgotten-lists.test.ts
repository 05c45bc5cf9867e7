import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { Life } from "./life.ts";
import { accepted, allOperations, create } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 3, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const hour = 3600;
const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };

/** Kills dispatch once, at the first such moment at which `isReady` is true. */
function killOnceAt(moment: string, isReady: () => boolean): void {
  world.chaos.kills = (now) => {
    const isTime = Life.current?.of === "dispatch" && now === moment && isReady();
    if (isTime) world.chaos.kills = () => false;
    return isTime;
  };
}

const isParked = (reason: string) => () => world.ledger.reasons.has(reason);

describe("Whoever stands in a list of the waiting room goes, although dispatch died", () => {
  test("before it had said when those who wait for a code may go", async () => {
    await world.sandbox("faults", [{ on: "action", command: { user: "ada@example.com" }, ...tooBusy, times: 1 }]);
    killOnceAt("before GetItem", isParked("held"));
    await accepted(world, create("ada@example.com"));
    await world.drain(2 * hour);
    expect(await allOperations(world)).toMatchObject([{ status: "succeeded", attempts: 0 }]);
  });

  test("when it had opened a list in which nobody stands yet", async () => {
    await world.sandbox("faults", [{ on: "action", command: { user: "ada@example.com" }, ...tooBusy, times: 1 }]);
    killOnceAt("after UpdateItem", () => true);
    await accepted(world, create("ada@example.com"));
    await world.clock.advance(hour * 1000);
    world.network.befall("/action/", { kind: "answer", status: 504 }, 1);
    await accepted(world, create("bob@example.com"));
    await world.drain(2 * hour);
    expect(await allOperations(world)).toMatchObject([{ status: "succeeded" }, { status: "succeeded" }]);
  });

  test("between the end of an operation and letting those behind it go", async () => {
    await world.sandbox("faults", [{ on: "action", command: { usergroup: "Sales" }, ...tooBusy, times: 1 }]);
    const joiner = { user: "ada@example.com", do: [...create("ada@example.com").do, { add: { group: ["Sales"] } }] };
    await accepted(world, [{ usergroup: "Sales", do: [{ createUserGroup: {} }] }, joiner]);
    await world.clock.advance(5000);
    expect(world.ledger.reasons).toEqual(new Set(["held", "behind"]));
    killOnceAt("after PutItem", () =>
      [...world.queue.queued.keys()].some((id) => world.ledger.row(id)?.status === "succeeded"),
    );
    await world.drain(2 * hour);
    expect(await allOperations(world)).toMatchObject([{ status: "succeeded" }, { status: "succeeded" }]);
  });
});
