import { beforeEach, describe, expect, test } from "vitest";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { SettledOutcome } from "../../../shared/operation/outcome.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { adding } from "../../support/judging.ts";
import { operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

const operation = operationOf("a", adding("a@x.com", "P"));
const again = (changes = {}): SettledOutcome => ({ kind: "again", progress: { ...untouched, ...changes } });
const failed: SettledOutcome = { kind: "failed", error: { code: "error.x", message: "No" } };

let stores: Stores;
let now: number;

beforeEach(async () => {
  stores = await Stores.create();
  now = stores.clock.now();
});

/** Somebody else writes the row after it was read. */
async function overtake(row: LedgerRow, changes: Partial<LedgerRow>): Promise<LedgerRow> {
  const { revision } = await stores.row(row.operation.id);
  return await stores.put({ ...row, ...changes, revision });
}

const stored = async () => await stores.row(operation.id);
const due = async (kind: "held" | "suspect" | "ready") =>
  (await stores.room.due(kind, Number.MAX_SAFE_INTEGER - 1, 10)).map(({ dueAt }) => dueAt);

describe("an operation keeps its place, whoever else writes its row", () => {
  const mine = placeOf("7", 0);

  test("if submit writes the row without a place", async () => {
    await stores.put(newRow(operation));
    await stores.settlement.settle({ ...newRow(operation), place: mine }, again());
    expect((await stored()).place).toBe(mine);
  });

  test("if another has the place of a second message, which is later", async () => {
    await stores.put({ ...newRow(operation), place: placeOf("8", 0) });
    await stores.settlement.settle({ ...newRow(operation), place: mine }, again());
    expect((await stored()).place).toBe(mine);
  });

  test("if this one has the later place, the earlier counts", async () => {
    await stores.put({ ...newRow(operation), place: placeOf("6", 0) });
    await stores.settlement.settle({ ...newRow(operation), place: mine }, again());
    expect((await stored()).place).toBe(placeOf("6", 0));
  });
});

test("Whether its root was created before stays known, whoever else writes the row", async () => {
  await stores.put(newRow(operation));
  expect(await stores.settlement.settle({ ...newRow(operation), rootCreated: true }, again())).toMatchObject({
    rootCreated: true,
  });
  expect(await stored()).toMatchObject({ rootCreated: true });
  const other = operationOf("b", adding("b@x.com", "P"));
  await stores.put(newRow(other));
  await stores.settlement.settle(newRow(other), again());
  expect(await stores.row(other.id)).not.toHaveProperty("rootCreated");
});

describe("what another dispatcher has written in between counts as well", () => {
  test.each([
    ["that it may have been applied", { uncertain: true }],
    ["steps that it has seen done", { stepsDone: 3 }],
  ])("%s", async (_, progress) => {
    const row = await stores.put(newRow(operation));
    await overtake(row, { progress: { ...untouched, ...progress } });
    await stores.settlement.settle(row, again({ stepsDone: 1 }));
    expect((await stored()).progress).toEqual({ ...untouched, stepsDone: 1, ...progress });
  });

  test("and what this one has seen is not lost by it", async () => {
    const row = await stores.put(newRow(operation));
    await overtake(row, { progress: { ...untouched, stepsDone: 1 } });
    await stores.settlement.settle(row, again({ stepsDone: 3, uncertain: true, faults: 2 }));
    expect((await stored()).progress).toEqual({ ...untouched, stepsDone: 3, uncertain: true, faults: 2 });
  });

  test("and an attempt is charged once for each, whoever was first", async () => {
    const row = await stores.put(newRow(operation));
    const charged: SettledOutcome = {
      kind: "charged",
      as: "held",
      progress: untouched,
      error: { code: "c", message: "" },
    };
    await stores.settlement.settle(row, charged);
    await stores.clock.advance(1);
    await stores.settlement.settle(row, charged);
    expect(await stored()).toMatchObject({ charges: 2, holds: 2 });
  });

  test("an end is not overwritten", async () => {
    const row = await stores.put(newRow(operation));
    await stores.settlement.settle(row, failed);
    expect(await stores.settlement.settle(row, { kind: "succeeded" })).toMatchObject({ status: "failed" });
    expect(await stored()).toMatchObject({ status: "failed", revision: 2 });
  });

  test("and a result of a retry's past does not touch the retry", async () => {
    const row = await stores.put(newRow(operation));
    const retried = { ...operation, generation: 1 };
    const current = await overtake(row, { operation: retried });
    expect(await stores.settlement.settle(row, failed)).toEqual(current);
    expect(await stored()).toEqual(current);
  });
});

test("A row that is final is neither read nor written", async () => {
  const final: LedgerRow = { ...newRow(operation), status: "succeeded" };
  expect(await stores.settlement.settle(final, failed)).toBe(final);
  expect(stores.calls).toEqual([]);
});

test("A row that nobody can find any more is taken as it was written", async () => {
  const lost = { ...newRow(operation), revision: 4 };
  expect(await stores.settlement.settle(lost, again())).toMatchObject({ status: "queued", revision: 4 });
});

describe("the room is in step with the row", () => {
  const parkedUntil = (dueAt: number): SettledOutcome => ({
    kind: "parked",
    progress: untouched,
    parked: { reason: "suspect", dueAt },
  });

  test("the entry is there before the row is parked, and stays if the row was not written", async () => {
    const row = await stores.put(newRow(operation));
    stores.dynamo.refuse({ action: "PutItem", resource: "ledger", status: 400 });
    await expect(stores.settlement.settle(row, parkedUntil(now + 5000))).rejects.toThrow();
    expect(await due("suspect")).toEqual([now + 5000]);
    expect((await stored()).parked).toBeUndefined();
  });

  test("the entry of an earlier wait goes after the row is written, and no sooner", async () => {
    const row = await stores.settlement.settle(newRow(operation), parkedUntil(now + 5000));
    stores.dynamo.refuse({ action: "PutItem", resource: "ledger", status: 400 });
    await expect(stores.settlement.settle(row, parkedUntil(now + 9000))).rejects.toThrow();
    expect(await due("suspect")).toEqual([now + 5000, now + 9000]);
    await stores.settlement.settle(row, parkedUntil(now + 7000));
    expect(await due("suspect")).toEqual([now + 7000, now + 9000]);
  });

  test("a wait that goes on as it was costs no write to the room", async () => {
    const row = await stores.settlement.settle(newRow(operation), parkedUntil(now + 5000));
    stores.calls.length = 0;
    await stores.settlement.settle(row, parkedUntil(now + 5000));
    expect(stores.calls.map(({ action, input }) => [action, input["TableName"]])).toEqual([["PutItem", "ledger"]]);
    expect(await due("suspect")).toEqual([now + 5000]);
  });
});

test("If the answer to a write is lost and the client repeats it, the outcome counts once", async () => {
  const row = await stores.put(newRow(operation));
  const held: SettledOutcome = { kind: "held", progress: untouched };
  stores.repeat("PutItem");
  const settled = await stores.settlement.settle(row, held);
  expect(settled).toEqual(await stored());
  expect(settled).toMatchObject({ holds: 1, revision: 2 });
  await stores.settlement.settle(settled, held);
  expect(await due("held")).toEqual([now + 30_000]);
});

test("An entry that another has written anew, after this one had parked the operation elsewhere, stays", async () => {
  const parked = { reason: "suspect", dueAt: now + 1000 } as const;
  const row = await stores.park(operation, { parked });
  const parkAgain: SettledOutcome = { kind: "parked", progress: untouched, parked };
  const { handle } = stores.dynamo;
  let isFirst = true;
  stores.dynamo.handle = async (action, input, signal) => {
    if (action === "DeleteItem" && isFirst) {
      isFirst = false;
      await stores.clock.advance(1);
      await stores.settlement.settle(await stored(), parkAgain);
    }
    return await handle(action, input, signal);
  };
  await stores.settlement.settle(row, { kind: "parked", progress: untouched, parked: { reason: "ready", dueAt: now } });
  expect(await stored()).toMatchObject({ parked });
  expect(await due("suspect")).toEqual([parked.dueAt]);
  expect(await due("ready")).toEqual([]);
});
