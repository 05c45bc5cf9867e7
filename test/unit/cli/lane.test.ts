import { describe, expect, test } from "vitest";
import { laneText } from "../../../cli/output/lane.ts";
import type { LaneView } from "../../../shared/api/lane.ts";
import { maxCountedInLane } from "../../../shared/operation/limits.ts";

const now = Date.parse("2026-03-02T09:00:00Z");
const terminal = { columns: 80, styled: (_: unknown, text: string) => text };
const idle: LaneView = {
  lane: "default",
  queued: 0,
  parked: {},
  budget: { requests: 10, seconds: 60, used: 0 },
  lastHour: { succeeded: 0, failed: {}, throttles: 0 },
};
const crowded: LaneView = {
  ...idle,
  queued: maxCountedInLane,
  parked: { held: 17, suspect: 2, unsettled: 10, behind: maxCountedInLane, scheduled: 4200 },
  oldestAcceptedAt: "2026-02-27T16:30:00.000Z",
  budget: { requests: 10, seconds: 60, used: 10 },
  block: { until: "2026-03-02T09:05:00.000Z", reason: "throttled" },
  drainedAt: "2026-03-02T10:32:00.000Z",
  lastHour: {
    succeeded: 5321,
    failed: { "error.user.nonexistent": 2, "error.domain.trust.nonexistent": 11 },
    throttles: 1,
  },
};

describe("How a lane stands", () => {
  test("is a line for each thing there is to say, in 80 columns", () => {
    expect(laneText(crowded, terminal, now).split("\n")).toEqual([
      "default",
      "  queued    5,000 operations or more",
      "  of these  17 held, 2 suspect, 10 unsettled, 5,000 or more behind, 4,200",
      "            scheduled",
      "  oldest    accepted 2026-02-27T16:30:00Z, 3 days ago",
      "  budget    10 of 10 requests in 60 s used",
      "  waits     for Adobe's throttle, next try at 2026-03-02T09:05:00Z, in 5 min",
      "  drained   about 2026-03-02T10:32:00Z, in 92 min",
      "  last hour 5,321 succeeded, 13 failed, 1 throttle",
      "            11 error.domain.trust.nonexistent",
      "            2 error.user.nonexistent",
    ]);
  });

  test.each([
    ["idle", idle],
    ["crowded", crowded],
    [
      "paused by somebody",
      { ...idle, paused: { since: "2026-03-01T09:00:00.000Z", by: `arn:aws:iam::1:role/${"x".repeat(60)}` } },
    ],
    [
      "with words of other people's",
      { ...idle, lastHour: { succeeded: 0, failed: { "error.\u001b[31mred": 1 }, throttles: 0 } },
    ],
  ])("fits a terminal and steers none: %s", (_, lane) => {
    const lines = laneText(lane, terminal, now).split("\n");
    for (const line of lines.filter((each) => !each.includes("xxxx"))) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.join("")).not.toContain("\u001b");
  });

  test("of an older service is told without its last hour", () => {
    const { lastHour: _, ...older } = idle;
    expect(laneText(older, terminal, now)).toBe(
      "default\n  queued    0 operations\n  budget    0 of 10 requests in 60 s used",
    );
  });
});
