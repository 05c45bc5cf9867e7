import { describe, expect, test } from "vitest";
import { noEvidence } from "../../../shared/pacing/evidence.ts";
import {
  blockAt,
  blockLane,
  closeRequest,
  fatesAt,
  idleLane,
  type Lane,
  type LaneFailure,
  type LaneNews,
  learn,
  leaveOpen,
  slotsUsed,
  takeSlot,
} from "../../../shared/pacing/lane.ts";
import { operationId } from "../../support/operations.ts";

const start = 1_800_000_000_000;
const budget = { requests: 2, windowSeconds: 60 };
const lowest = () => 0;
const [a, b, c] = [operationId("a"), operationId("b"), operationId("c")];

function take(lane: Lane, id: string, now: number, operations = [a]): Lane {
  const answer = takeSlot(lane, budget, { id, operations, until: now + 135_000, pace: "at-once" }, now);
  if (answer.kind === "wait") throw new Error(`no slot until ${answer.until - start}`);
  return answer.lane;
}

const end = (lane: Lane, id: string, now: number, news?: LaneNews) =>
  learn(closeRequest(lane, id, now), news, now, lowest);
const succeed = (lane: Lane, id: string, now: number) => end(lane, id, now, { kind: "success" });

/** When the lane would send next, in milliseconds after the start. */
function freeAt(lane: Lane, now: number): number {
  const answer = takeSlot(lane, budget, { id: "probe", operations: [], until: now, pace: "at-once" }, now);
  return (answer.kind === "wait" ? answer.until : now) - start;
}

const full = take(take(idleLane, "one", start), "two", start + 10);

test("An idle lane has sent nothing, knows nothing and waits for nothing", () => {
  const nothing = {
    slots: [],
    dueAt: 0,
    inFlight: [],
    throttles: 0,
    faults: 0,
    refusals: 0,
    lastSuccessAt: 0,
    tally: [],
  };
  expect(idleLane).toEqual({ ...nothing, evidence: noEvidence });
});

describe("the budget", () => {
  test("tells how much of it is used", () => {
    expect(slotsUsed(idleLane, budget, start)).toBe(0);
    expect(slotsUsed(full, budget, start + 61_200)).toBe(2);
    expect(slotsUsed(full, budget, start + 61_201)).toBe(1);
    expect(slotsUsed(full, budget, start + 61_211)).toBe(0);
  });

  test("counts a request that is never answered from 1.2 s after its slot was taken", () => {
    expect(freeAt(full, start + 20)).toBe(1200 + 60_000 + 1);
  });

  test("counts a request from its answer, and the clocks may differ by 0.2 s", () => {
    const lane = succeed(full, "one", start + 300);
    expect(freeAt(lane, start + 400)).toBe(300 + 200 + 60_000 + 1);
  });

  test("counts a request whose answer took long from 1.2 s all the same", () => {
    expect(freeAt(succeed(full, "one", start + 50_000), start + 51_000)).toBe(1200 + 60_000 + 1);
  });

  test("counts both ends of a window as part of it", () => {
    expect(freeAt(full, start + 61_200)).toBe(61_201);
    expect(freeAt(full, start + 61_201)).toBe(61_201);
    const exactly = (now: number) =>
      takeSlot(full, budget, { id: "x", operations: [], until: now, pace: "at-once" }, now).kind;
    expect([exactly(start + 61_200), exactly(start + 61_201)]).toEqual(["wait", "taken"]);
  });

  test("frees each slot as its own window ends", () => {
    const first = start + 61_201;
    const lane = take(full, "three", first);
    expect(freeAt(lane, first)).toBe(10 + 1200 + 60_000 + 1);
  });

  test("is never given back, whatever the answer is", () => {
    for (const how of [succeed, end, leaveOpen])
      expect(freeAt(how(full, "one", start + 5), start + 20)).toBe(5 + 200 + 60_000 + 1);
  });

  test("lets a request that holds a slot exchange it for a later one", () => {
    const lane = take(full, "two", start + 500);
    expect(lane.slots.length).toBe(2);
    expect(freeAt(lane, start + 61_201)).toBe(61_201);
    expect(freeAt(take(lane, "three", start + 61_201), start + 61_202)).toBe(500 + 1200 + 60_000 + 1);
  });

  test("lets ordinary work exchange its slot as well, though the next one is not due", () => {
    const ask = (lane: Lane, id: string, now: number) =>
      takeSlot(lane, budget, { id, operations: [], until: now, pace: "spaced" }, now);
    const one = ask(idleLane, "one", start).lane ?? idleLane;
    expect(ask(one, "two", start + 500)).toEqual({ kind: "wait", reason: "budget", until: one.dueAt });
    const exchanged = ask(one, "one", start + 500).lane ?? idleLane;
    expect(exchanged).toMatchObject({ dueAt: one.dueAt, slots: [{ request: "one", countsFrom: start + 1700 }] });
  });

  test("that has shrunk waits until enough slots are free to keep to the new size", () => {
    const answer = takeSlot(
      full,
      { requests: 1, windowSeconds: 60 },
      { id: "x", operations: [], until: 0, pace: "at-once" },
      start + 20,
    );
    expect(answer).toEqual({ kind: "wait", reason: "budget", until: start + 10 + 1200 + 60_000 + 1 });
  });
});

describe("a block", () => {
  test.each<[string, LaneFailure, number]>([
    ["throttled", { kind: "throttled", retryAfterMs: 38_000 }, 38_000],
    ["throttled", { kind: "throttled" }, 15_000],
    ["adobe-unavailable", { kind: "adobe-unavailable" }, 15_000],
    ["adobe-unavailable", { kind: "adobe-unavailable", retryAfterMs: 2000 }, 2000],
    ["credentials-refused", { kind: "credentials-refused" }, 15_000],
    ["credentials-unreadable", { kind: "credentials-unreadable" }, 15_000],
  ])("by %s lets nothing out before its end", (reason, failure, ms) => {
    const lane = end(take(idleLane, "one", start), "one", start, failure);
    const block = { reason, until: start + ms };
    expect(blockAt(lane, start)).toEqual(block);
    expect(takeSlot(lane, budget, { id: "x", operations: [], until: 0, pace: "at-once" }, start + ms - 1)).toEqual({
      kind: "wait",
      ...block,
    });
    expect(blockAt(lane, start + ms)).toBeUndefined();
    expect(freeAt(lane, start + ms)).toBe(ms);
  });

  test("grows with failures of its own kind only", () => {
    let lane: Lane = idleLane;
    for (const kind of ["throttled", "throttled", "adobe-unavailable", "credentials-refused", "throttled"] as const)
      lane = blockLane(lane, { kind }, start, lowest);
    expect([lane.throttles, lane.faults, lane.refusals]).toEqual([3, 1, 1]);
    expect(lane.block?.until).toBe(start + 60_000);
  });

  test("is never shortened by a later one", () => {
    const long = blockLane(idleLane, { kind: "throttled", retryAfterMs: 3_244_000 }, start, lowest);
    const both = blockLane(long, { kind: "adobe-unavailable" }, start + 1000, lowest);
    expect(both.block?.until).toBe(start + 3_244_000);
  });

  test("of two that end at once has the later one's reason", () => {
    const one = blockLane(idleLane, { kind: "throttled", retryAfterMs: 15_000 }, start, lowest);
    expect(blockLane(one, { kind: "adobe-unavailable" }, start, lowest).block?.reason).toBe("adobe-unavailable");
  });

  test("of the fourth throttle in a row is at least the backoff, whatever Adobe asks for", () => {
    let lane: Lane = idleLane;
    for (let count = 0; count < 4; count++)
      lane = blockLane(lane, { kind: "throttled", retryAfterMs: 1 }, start, lowest);
    expect(lane.block?.until).toBe(start + 15_000);
  });
});

describe("a 200", () => {
  const failed = (["throttled", "adobe-unavailable", "credentials-refused"] as const).reduce<Lane>(
    (lane, kind) => blockLane(lane, { kind }, start, lowest),
    take(idleLane, "one", start),
  );

  test("ends all rows of failures, and is remembered", () => {
    const lane = succeed(failed, "one", start + 20_000);
    expect([lane.throttles, lane.faults, lane.refusals, lane.lastSuccessAt]).toEqual([0, 0, 0, start + 20_000]);
  });

  test("differs from an end that says nothing about the lane", () => {
    const lane = end(failed, "one", start + 20_000);
    expect([lane.throttles, lane.faults, lane.refusals, lane.lastSuccessAt]).toEqual([1, 1, 1, 0]);
    expect(lane.block).toEqual(failed.block);
  });
});

describe("what is in flight", () => {
  const lane = take(take(idleLane, "one", start, [a, b]), "two", start + 10, [c]);

  test("may still be applied until its deadline, and is of unknown fate from then on", () => {
    expect(fatesAt(lane, start + 134_999)).toEqual({
      open: new Map([
        [a, start + 135_000],
        [b, start + 135_000],
        [c, start + 135_010],
      ]),
      unknown: new Set(),
    });
    expect(fatesAt(lane, start + 135_000)).toEqual({ open: new Map([[c, start + 135_010]]), unknown: new Set([a, b]) });
  });

  test("is forgotten once it is answered", () => {
    expect(fatesAt(succeed(lane, "one", start + 500), start + 500).open).toEqual(new Map([[c, start + 135_010]]));
  });

  test("is kept where the request ended without an answer", () => {
    const unanswered = leaveOpen(lane, "one", start + 120_000);
    expect(fatesAt(unanswered, start + 120_000).open.get(a)).toBe(start + 135_000);
    expect(fatesAt(unanswered, start + 140_000).unknown).toEqual(new Set([a, b, c]));
  });

  test("belongs to one request only: an operation that is sent again is in flight with the new request", () => {
    const later = start + 200_000;
    const again = take(lane, "three", later, [a]);
    expect(fatesAt(again, later)).toEqual({ open: new Map([[a, later + 135_000]]), unknown: new Set([b, c]) });
    expect(fatesAt(succeed(again, "three", later), later)).toEqual({ open: new Map(), unknown: new Set([b, c]) });
  });

  test("is remembered as long as a message can come back, and then no longer", () => {
    const days = 24 * 60 * 60 * 1000;
    expect(fatesAt(take(lane, "x", start + 13 * days, []), start + 13 * days).unknown).toEqual(new Set([a, b, c]));
    expect(take(lane, "x", start + 15 * days, []).inFlight.map(({ request }) => request)).toEqual(["x"]);
    const end = start + 135_000 + 14 * days;
    expect(take(lane, "x", end - 1, []).inFlight).toHaveLength(3);
    expect(take(lane, "x", end, []).inFlight.map(({ request }) => request)).toEqual(["two", "x"]);
  });

  test("is not remembered of a request whose operations have all been sent again", () => {
    const again = take(take(lane, "three", start + 200_000, [a]), "four", start + 300_000, [b]);
    expect(again.inFlight.map(({ request }) => request)).toEqual(["two", "three", "four"]);
  });
});
