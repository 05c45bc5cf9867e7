import { beforeEach, expect, test } from "vitest";
import { EarlyLeavers } from "../../../shared/dispatch/early-leavers.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { OperationId } from "../../../shared/operation/operation.ts";
import type { Parked } from "../../../shared/operation/parked.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { received } from "../../support/received.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let leaver: LedgerRow;
let now: number;
const openMs = 135_000;
const [ada, bob] = ["ada@x.com", "bob@x.com"];

beforeEach(async () => {
  stores = await Stores.create();
  now = stores.clock.now();
  const row = {
    ...newRow(operationOf("leaver", { user: ada, do: [{ removeFromOrg: {} }] })),
    place: placeOf("900", 0),
  };
  leaver = await stores.put(await stores.leaversFirst.admit(row));
});

async function waitOf(open: readonly string[] = []) {
  const { clock, ledger, waitingRoom } = stores;
  const early = new EarlyLeavers({ clock, ledger, waitingRoom, openMs });
  const batch = await received(stores, new MemoryLaneStore(), [[leaver.operation]]);
  const fates = {
    open: new Map(open.map((id): [OperationId, number] => [operationId(id), now + 1])),
    unknown: new Set<OperationId>(),
  };
  return await early.waitOf(leaver, batch, fates);
}

const park = async (user: string, parked: Parked, changes: Partial<LedgerRow> = {}) =>
  await stores.park(operationOf("older", adding(user, "P")), { parked, place: placeOf("5", 0), ...changes });

test("A leaver waits for nothing that is merely accepted before it, or parked", async () => {
  await park(ada, { reason: "held", dueAt: now + 1000 });
  expect(await waitOf()).toBeUndefined();
});

test("A leaver waits for the answer to a request in flight about its user, and about no other", async () => {
  await stores.put(newRow(operationOf("on-ada", adding(ada, "P"))));
  await stores.put(newRow(operationOf("on-bob", adding(bob, "P"))));
  expect(await waitOf(["on-bob"])).toBeUndefined();
  expect(await waitOf(["on-bob", "on-ada"])).toEqual({ kind: "answer" });
});

test("A leaver does not wait for itself", async () => {
  const progress = { ...untouched, uncertain: true, lastFaultAt: now };
  leaver = await stores.put({ ...leaver, progress, parked: { reason: "suspect", dueAt: now + 1000 } });
  expect(await waitOf()).toBeUndefined();
});

test("A leaver does not wait for a list of many others, whom the room does not tell from it", async () => {
  const user = Array.from({ length: 1000 }, (_, index) => `user-${index}@x.com`);
  const unsettled: Parked = { reason: "unsettled", dueAt: now + 500 };
  const many = operationOf("many", { usergroup: "G", do: [{ add: { user } }] });
  await stores.park(many, { parked: unsettled, place: placeOf("5", 0) });
  expect(await waitOf()).toBeUndefined();
  const more = operationOf("more", { usergroup: "H", do: [{ add: { user: [...user, ada] } }] });
  await stores.park(more, { parked: unsettled, place: placeOf("6", 0) });
  expect(await waitOf()).toEqual({ kind: "settled", at: now + 500 });
});

test("A leaver waits for what is in flight and cannot be read", async () => {
  await stores.putText("newer", "{}");
  expect(await waitOf(["newer"])).toEqual({ kind: "answer" });
});

test.each<[string, Parked["reason"], Partial<LedgerRow>]>([
  ["unsettled", "unsettled", {}],
  ["a suspect that may have been applied", "suspect", { progress: { ...untouched, uncertain: true, lastFaultAt: 0 } }],
])("A leaver waits until Adobe can no longer apply what is %s, on its user alone", async (_, reason, changes) => {
  const progress =
    changes.progress === undefined ? {} : { progress: { ...changes.progress, lastFaultAt: now - openMs + 500 } };
  const parked = { reason, dueAt: now + 500 } as Parked;
  await park(bob, parked, progress);
  expect(await waitOf()).toBeUndefined();
  await stores.park(operationOf("on-ada", adding(ada, "P")), { parked, place: placeOf("6", 0), ...progress });
  expect(await waitOf()).toEqual({ kind: "settled", at: now + 500 });
  await stores.clock.advance(500);
  expect(await waitOf()).toBeUndefined();
});

test("A leaver looks again after a minute if what is earlier on its user cannot be read", async () => {
  await park(ada, { reason: "ready", dueAt: now });
  await stores.putText("older", "{}");
  expect(await waitOf()).toEqual({ kind: "settled", at: now + 60_000 });
});
