import { beforeEach, expect, test } from "vitest";
import { EarlyLeavers } from "../../../shared/dispatch/early-leavers.ts";
import { Guards } from "../../../shared/dispatch/guards.ts";
import { Guests } from "../../../shared/dispatch/guests.ts";
import { HeldRemovals } from "../../../shared/dispatch/held-removals.ts";
import { Parker } from "../../../shared/dispatch/parker.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { received } from "../../support/received.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let guests: Guests;

beforeEach(async () => {
  stores = await Stores.create();
  const heldRemovals = new HeldRemovals(stores.removals, stores.waitingRoom);
  const report = () => undefined;
  const parker = new Parker({ ...stores, heldRemovals, report });
  const guards = new Guards({ ...stores, report }, [stores.olderWork]);
  guests = new Guests({ ...stores, parker, guards, earlyLeavers: new EarlyLeavers({ ...stores, openMs: 135_000 }) });
});

test.each(["suspect", "leaver"] as const)(
  "A leaver that is parked as %s stays so while something on its user is unsettled",
  async (reason) => {
    const now = stores.clock.now();
    const leaver = operationOf("leaver", { user: "ada@x.com", do: [{ removeFromOrg: {} }] });
    const progress = { ...untouched, faults: reason === "suspect" ? 2 : 0 };
    await stores.park(leaver, { early: true, parked: { reason, dueAt: now }, progress, place: placeOf("9", 0) });
    const unsettled = { reason: "unsettled", dueAt: now + 500 } as const;
    await stores.park(operationOf("older", adding("ada@x.com", "P")), { parked: unsettled, place: placeOf("5", 0) });
    const batch = await received(stores, new MemoryLaneStore(), []);
    batch.room = { areCrowdsIn: false };
    const fates = { open: new Map(), unknown: new Set<never>() };
    expect(reason === "suspect" ? await guests.suspects(batch, fates) : await guests.due(batch, fates)).toEqual([]);
    expect((await stores.row(operationId("leaver"))).parked).toEqual({ reason, dueAt: now + 500 });
  },
);

test("Thirty suspects at once are few, and one more are Adobe's failure", async () => {
  const parked = { reason: "suspect", dueAt: stores.clock.now() } as const;
  for (let index = 0; index < 30; index++) {
    await stores.park(operationOf(`suspect-${index}`, adding(`user-${index}@x.com`, "P")), { parked });
    expect(await guests.areSuspectsFew()).toBe(true);
  }
  await stores.park(operationOf("one-more", adding("one-more@x.com", "P")), { parked });
  expect(await guests.areSuspectsFew()).toBe(false);
});
