import { beforeEach, describe, expect, test } from "vitest";
import type { Ledger } from "../../../shared/ledger/ledger-dynamo.ts";
import { Listing } from "../../../shared/ledger/listing-dynamo.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import type { Parked } from "../../../shared/operation/parked.ts";
import { PauseStore } from "../../../shared/pacing/pause-dynamo.ts";
import { Waits } from "../../../shared/sweep/waits.ts";
import { ledgerTable } from "../../simulation/ledger-table.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { Stores } from "../../support/stores.ts";

const hourMs = 3_600_000;
const clock = new SimulatedClock();
const ago = (hours: number) => clock.now() - hours * hourMs;

let ledger: Ledger;
let pauses: PauseStore;
let waits: Waits;

beforeEach(async () => {
  const stores = await Stores.create();
  const { documents: dynamo } = stores;
  const table = ledgerTable.TableName;
  ledger = stores.ledger;
  pauses = new PauseStore(dynamo, table, "default");
  waits = new Waits({ clock, ledger, listing: new Listing(dynamo, table), pauses });
});

const due = (reason: "ready" | "held" | "suspect" | "unsettled" | "scheduled"): Parked => ({ reason, dueAt: 0 });
const behind: Parked = { reason: "behind", list: `behind#${operationId("op-0")}`, since: 0 };
let count = 0;

/** Writes a row of an operation that was accepted, and unless said otherwise queued, so many hours ago. */
async function parked(hours: number, reason: Parked | undefined, changes: Partial<LedgerRow & Operation> = {}) {
  const { queuedAt = ago(hours), ...others } = changes;
  const command = { user: "ada@example.com", do: [{ removeFromOrg: {} }] } as const;
  const operation = operationOf(`op-${count++}`, command, { acceptedAt: ago(hours), queuedAt });
  await ledger.write({ ...newRow(operation), ...(reason === undefined ? {} : { parked: reason }), ...others });
}

describe("The age of the oldest operation in the waiting room", () => {
  test.each([
    ["ready", due("ready")],
    ["held", due("held")],
    ["suspect", due("suspect")],
    ["unsettled", due("unsettled")],
    ["behind", behind],
    ["held for a code", { reason: "held", list: "code#busy", since: 0 } as const],
  ])("is told of one that is %s", async (_, reason) => {
    await parked(9, reason);
    expect(await waits.look()).toEqual([{ kind: "oldest parked", seconds: 9 * 3600 }]);
  });

  test("is that of the oldest, whatever each waits for", async () => {
    await parked(3, due("ready"));
    await parked(7, due("held"));
    await parked(5, behind);
    expect(await waits.look()).toEqual([{ kind: "oldest parked", seconds: 7 * 3600 }]);
  });

  test.each([
    ["nobody is there", async () => undefined],
    ["all are scheduled", () => parked(9, due("scheduled"))],
    ["all have ended", () => parked(9, due("held"), { status: "failed" })],
    ["all are in the queue", () => parked(9, undefined)],
  ])("is not told where %s", async (_, fill) => {
    await fill();
    expect(await waits.look()).toEqual([]);
  });

  test("counts from when an operation was last queued, not from when it was first accepted", async () => {
    for (let index = 0; index < 60; index++) await parked(500 - index, due("held"), { queuedAt: ago(1) });
    await parked(6, due("held"));
    for (let index = 0; index < 60; index++) await parked(2, due("held"));
    expect(await waits.look()).toEqual([{ kind: "oldest parked", seconds: 6 * 3600 }]);
  });
});

test("A pause is told with its age, beside what is parked", async () => {
  await pauses.write({ since: ago(25), by: "somebody" });
  expect(await waits.look()).toEqual([{ kind: "lane paused", seconds: 25 * 3600 }]);
  await parked(2, due("ready"));
  expect(await waits.look()).toEqual([
    { kind: "oldest parked", seconds: 2 * 3600 },
    { kind: "lane paused", seconds: 25 * 3600 },
  ]);
  await pauses.clear();
  expect(await waits.look()).toEqual([{ kind: "oldest parked", seconds: 2 * 3600 }]);
});
