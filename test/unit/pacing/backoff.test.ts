import { describe, expect, test } from "vitest";
import { backoffMs, longestBackoffSeconds, longestBlockSeconds, waitMs } from "../../../shared/pacing/backoff.ts";

const lowest = () => 0;
const highest = () => 1 - Number.EPSILON;
const seconds = (ms: number) => ms / 1000;

describe("the wait after failures in a row", () => {
  test.each([
    [1, 15],
    [2, 30],
    [3, 60],
    [4, 120],
    [5, 240],
    [6, 480],
    [7, 960],
    [8, 1800],
    [9, 1800],
    [2000, 1800],
  ])("after failure %i is %i s and up to 5 s more, but never over 30 min", (failures, expected) => {
    expect(seconds(backoffMs(failures, lowest))).toBe(expected);
    const most = backoffMs(failures, highest);
    expect(Number.isInteger(most)).toBe(true);
    expect(seconds(most)).toBeCloseTo(Math.min(1800, expected + 5), 2);
    expect(seconds(most)).toBeLessThanOrEqual(1800);
  });
});

describe("what the other side asks for", () => {
  test.each([
    ["is kept to", 38, 38],
    ["is kept to for long blocks", 3244, 3244],
    ["is a second at least", 0, 1],
    ["is a second at least, even in the past", -600, 1],
    ["is two hours at most", 7201, 7200],
    ["is two hours at most, even for ever", Number.POSITIVE_INFINITY, 7200],
  ])("%s", (_, asked, kept) => {
    expect(seconds(waitMs(3, asked * 1000, highest))).toBe(kept);
  });

  test("is nothing: the backoff counts", () => {
    expect(waitMs(3, undefined, lowest)).toBe(backoffMs(3, lowest));
  });
});

test("The longest waits are told in seconds", () => {
  expect(longestBackoffSeconds).toBe(seconds(backoffMs(2000, highest)));
  expect(longestBlockSeconds).toBe(seconds(waitMs(1, Number.POSITIVE_INFINITY, lowest)));
});

describe("from the fourth failure in a row", () => {
  test.each([
    [3, 1, 1],
    [4, 1, 15],
    [5, 1, 30],
    [6, 45, 60],
    [6, 61, 61],
    [11, 1, 1800],
    [40, 3600, 3600],
  ])("failure %i with %i s asked for waits at least %i s", (failures, asked, kept) => {
    expect(seconds(waitMs(failures, asked * 1000, lowest))).toBe(kept);
  });

  test("without a requested wait the backoff counts", () => {
    expect(seconds(waitMs(5, undefined, lowest))).toBe(240);
  });
});
