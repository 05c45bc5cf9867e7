import { describe, expect, test } from "vitest";
import { toSummaryOfRow } from "../../../shared/ledger/item.ts";
import { newRow } from "../../../shared/ledger/row.ts";
import { waitingOf } from "../../../shared/ledger/waiting.ts";
import { idleLane, type Lane } from "../../../shared/pacing/lane.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";

const now = 1_800_000_000_000;
const budget = { requests: 10, windowSeconds: 60 };
const minute = 60_001;
/** When the last of 300 operations leaves an idle lane: the tenth request of the third window, 6 s after each other. */
const thirtieth = 2 * minute + 4000 + 8 * 6000;
const summary = toSummaryOfRow(newRow(operationOf("a", adding("a@x.com", "P"))));

/** A lane that has just sent so many requests, the last of them still without an answer. */
const sending = (requests: number, more: Partial<Lane> = {}): Lane => ({
  ...idleLane,
  slots: Array.from({ length: requests }, (_, index) => ({ request: `r${index}`, countsFrom: now })),
  dueAt: now + 6000,
  inFlight: [
    {
      request: "last",
      operations: Array.from({ length: 10 }, (_, index) => operationId(`f${index}`)),
      until: now + 135_000,
    },
  ],
  ...more,
});

const expectedAfter = (lane: Lane, ahead: number) => {
  const { expectedAt } = waitingOf(summary, lane, budget, now, { ahead }) ?? {};
  return expectedAt === undefined ? undefined : Date.parse(expectedAt) - now;
};

describe("when an operation is expected", () => {
  test.each([
    [idleLane, 49, undefined],
    [idleLane, 50, 6000],
    [idleLane, 60, minute - 4 * 12_000],
    [idleLane, 99, minute - 12_000],
    [idleLane, 100, minute],
    [sending(10), 20, minute],
    [sending(10), 110, 2 * minute],
    [{ ...idleLane, block: { until: now + 300_000, reason: "throttled" as const } }, 0, 300_000],
    [{ ...idleLane, block: { until: now + 300_000, reason: "throttled" as const } }, 299, 300_000 + thirtieth],
  ])("follows from the lane and what stands before it: case %#", (lane, ahead, expected) => {
    expect(expectedAfter(lane, ahead)).toBe(expected);
  });

  test.each([1, 3, 5])("does not change in the midst of a burst: after %i requests of five", (sent) => {
    const unanswered = 299 - (sent - 1) * 10;
    expect(expectedAfter(sending(sent), unanswered)).toBe(thirtieth);
  });

  test("counts what is in flight once more after a fault, because it goes again", () => {
    const lane = sending(3, { faults: 1, block: { until: now + 1000, reason: "throttled" } });
    expect(expectedAfter(lane, 75)).toBe(minute);
    expect(expectedAfter({ ...lane, faults: 0 }, 75)).toBe(minute - 12_000);
  });
});
