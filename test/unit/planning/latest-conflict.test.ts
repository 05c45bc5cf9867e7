import { expect, test } from "vitest";
import { LatestConflict } from "../../../shared/planning/latest-conflict.ts";

const touching = (writes: string[], reads: string[] = []) => ({ writes: new Set(writes), reads: new Set(reads) });

test("A command comes after the latest that writes what it touches, or touches what it writes", () => {
  const placed = new LatestConflict();
  expect(placed.before(touching(["a"], ["g"]))).toBe(-1);
  placed.record(touching(["a"], ["g"]), 0);
  placed.record(touching(["b"], ["g"]), 1);
  expect(placed.before(touching(["a"]))).toBe(0);
  expect(placed.before(touching([], ["a"]))).toBe(0);
  expect(placed.before(touching(["g"]))).toBe(1);
  expect(placed.before(touching(["a", "g"]))).toBe(1);
  expect(placed.before(touching(["g", "a"]))).toBe(1);
  expect(placed.before(touching([], ["a", "b"]))).toBe(1);
  expect(placed.before(touching([], ["b", "a"]))).toBe(1);
  expect(placed.before(touching(["b"], ["a"]))).toBe(1);
  expect(placed.before(touching(["new"], ["g", "other"]))).toBe(-1);
});

test("An earlier place that is recorded later changes nothing", () => {
  const placed = new LatestConflict();
  placed.record(touching(["a"], ["g"]), 3);
  placed.record(touching(["a"], ["g"]), 2);
  expect(placed.before(touching(["a"]))).toBe(3);
  expect(placed.before(touching(["g"]))).toBe(3);
  expect(placed.before(touching([], ["a"]))).toBe(3);
});
