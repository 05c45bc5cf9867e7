import { expect, test } from "vitest";
import { openUntil } from "../../../shared/ledger/open-until.ts";
import { newRow } from "../../../shared/ledger/row.ts";
import type { Parked } from "../../../shared/operation/parked.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { adding } from "../../support/judging.ts";
import { operationOf } from "../../support/operations.ts";

const openMs = 135_000;
const suspect: Parked = { reason: "suspect", dueAt: 900_000 };
const uncertain = { ...untouched, uncertain: true };

test.each([
  ["is unsettled, until then", { parked: { reason: "unsettled", dueAt: 7000 } as const }, 7000],
  [
    "is a suspect whose last request has failed",
    { parked: suspect, progress: { ...uncertain, lastFaultAt: 9 } },
    135_009,
  ],
  [
    "is a suspect that is due before",
    { parked: { reason: "suspect", dueAt: 20_000 } as const, progress: { ...uncertain, lastFaultAt: 9 } },
    20_000,
  ],
  ["is a suspect since nobody knows when", { parked: suspect, progress: uncertain }, openMs],
  ["is a suspect that was not applied for certain", { parked: suspect, progress: { ...untouched, lastFaultAt: 9 } }, 0],
  ["waits for another reason", { parked: { reason: "held", dueAt: 7000 } as const, progress: uncertain }, 0],
  ["is not parked", { progress: { ...uncertain, lastFaultAt: 9 } }, 0],
])("Adobe may still apply what %s: %o until %d", (_, changes, until) => {
  expect(openUntil({ ...newRow(operationOf("a", adding("a@x.com", "P"))), ...changes }, openMs)).toBe(until);
});
