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
const summary = toSummaryOfRow(newRow(operationOf("a", adding("a@x.com", "P"))));

/** A lane that has just sent so many requests, the last of them still without an answer. */
const sending = (requests: number, more: Partial<Lane> = {}): Lane => ({
  ...idleLane,
  slots: Array.from({ length: requests }, (_, index) => ({ request: `r${index}`, countsFrom: now })),
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
    [idleLane, 99, undefined],
    [idleLane, 100, minute],
    [idleLane, 250, 2 * minute],
    [sending(10), 20, minute],
    [sending(10), 110, 2 * minute],
    [{ ...idleLane, block: { until: now + 300_000, reason: "throttled" as const } }, 0, 300_000],
    [{ ...idleLane, block: { until: now + 300_000, reason: "throttled" as const } }, 299, 300_000 + 2 * minute],
  ])("follows from the lane and what stands before it: case %#", (lane, ahead, expected) => {
    expect(expectedAfter(lane, ahead)).toBe(expected);
  });

  test.each([3, 7, 9])("does not change in the midst of a burst: after %i requests of ten", (sent) => {
    // 300 operations: 30 requests, of which the last goes after two minutes.
    const unanswered = 299 - (sent - 1) * 10;
    expect(expectedAfter(sending(sent), unanswered)).toBe(2 * minute);
  });

  test("counts what is in flight once more after a fault, because it goes again", () => {
    const lane = sending(3, { faults: 1, block: { until: now + 1000, reason: "throttled" } });
    expect(expectedAfter(lane, 75)).toBe(minute);
    expect(expectedAfter({ ...lane, faults: 0 }, 75)).toBe(1000);
  });
});
