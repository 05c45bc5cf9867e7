import { describe, expect, test } from "vitest";
import type { Delivery } from "../../../shared/dispatch/delivery.ts";
import { hideUntil } from "../../../shared/dispatch/requeue.ts";

const now = 1_800_000_000_000;
const deliveries = ["first", "second", "third"].map(
  (messageId): Delivery => ({ messageId, receiptHandle: messageId, receiveCount: 1, sequenceNumber: "1", body: "" }),
);

const hidden = (until: number) => hideUntil(deliveries, until, now).map(({ seconds }) => seconds);

describe("a batch that has to wait", () => {
  test.each([
    ["for whole seconds", 60_000, [60, 59, 59]],
    ["to the whole second before its deadline", 60_999, [60, 59, 59]],
    ["for a second", 1000, [1, 0, 0]],
    ["for a second where less is left", 400, [1, 0, 0]],
    ["for a second where nothing is left", 0, [1, 0, 0]],
    ["for a second where the deadline has passed", -5000, [1, 0, 0]],
    ["for two hours", 7_200_000, [7200, 7199, 7199]],
  ])("hides %s, and all but the first a second less", (_, ms, seconds) => {
    expect(hidden(now + ms)).toEqual(seconds);
  });

  test("keeps its order", () => {
    expect(hideUntil(deliveries, now + 5000, now).map(({ delivery }) => delivery)).toEqual(deliveries);
    expect(hideUntil([], now + 5000, now)).toEqual([]);
  });
});
