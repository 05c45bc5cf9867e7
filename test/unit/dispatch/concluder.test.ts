import { beforeEach, describe, expect, test } from "vitest";
import type { DispatchEvent } from "../../../shared/dispatch/events.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import type { ListName } from "../../../shared/operation/parked.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { fatesAt } from "../../../shared/pacing/lane.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import type { UserStep } from "../../../shared/umapi/command.ts";
import { Conclusions } from "../../support/conclusions.ts";
import { adding, report, response } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let conclusions: Conclusions;
let events: DispatchEvent[];
let now: number;

beforeEach(async () => {
  stores = await Stores.create();
  conclusions = new Conclusions(stores);
  events = conclusions.events;
  now = stores.clock.now();
});

const concluded = async (...request: Parameters<Conclusions["conclude"]>) => await conclusions.conclude(...request);
const on = (id: string, changes: Partial<Operation> = {}) => operationOf(id, adding(`${id}@x.com`, "P"), changes);
const rowOf = async (id: string) => await stores.row(operationId(id));
const laneAfter = async () => (await conclusions.lanes.read()).lane;
const told = (kind: DispatchEvent["kind"]) => events.filter((event) => event.kind === kind);
const permanent = { index: 0, step: 0, errorCode: "error.group.not_found", message: "No such group" };
const busy = { index: 0, step: 0, errorCode: "error.throttled_by_external_service", message: "later" };

describe("an answered request", () => {
  test("is told of, with what became of each operation", async () => {
    await concluded([[on("a")], [on("b")]], report(2, [permanent]));
    expect(events).toEqual([
      {
        kind: "action request",
        requestId: "request",
        commands: 2,
        testOnly: false,
        status: 200,
        verdict: "answered",
        operationIds: ["a", "b"],
      },
      expect.objectContaining({ kind: "operation finished", operationId: "a", status: "failed" }),
      expect.objectContaining({ kind: "operation finished", operationId: "b", status: "succeeded" }),
    ]);
  });

  test("is no longer in flight, counts as a success, and is remembered as one that went well", async () => {
    const failures = { throttles: 1, faults: 2, refusals: 3 };
    await concluded([[on("a")], [on("b")]], report(2, [permanent]), { lane: failures });
    const lane = await laneAfter();
    expect(lane).toMatchObject({ inFlight: [], throttles: 0, faults: 0, refusals: 0, lastSuccessAt: now });
    expect(lane.evidence).toEqual({ others: [true], sinceSuspects: 1, outageAt: 0, latestAt: now });
    expect(lane.tally).toMatchObject([
      { succeeded: 1, failed: [{ code: "error.group.not_found", operations: 1 }], throttles: 0 },
    ]);
  });

  test("ends later than the one before it, whatever the clock says", async () => {
    const evidence = { others: [], sinceSuspects: 0, outageAt: 0, latestAt: now + 500 };
    await concluded([[on("a")]], report(1), { lane: { evidence } });
    expect(await laneAfter()).toMatchObject({ lastSuccessAt: now + 501, evidence: { latestAt: now + 501 } });
  });

  test("of suspects counts as a success, and tells nothing of others", async () => {
    const evidence = { others: [false], sinceSuspects: 7, outageAt: 0, latestAt: 0 };
    await concluded([[on("a")]], report(1), { of: "suspects", lane: { evidence } });
    expect((await laneAfter()).evidence).toMatchObject({ others: [false], sinceSuspects: 0 });
    expect((await laneAfter()).lastSuccessAt).toBe(now);
  });

  test("in test mode that was a probe is one command, of nobody", async () => {
    await concluded([], report(1), { of: "probe" });
    expect(events).toEqual([
      expect.objectContaining({ kind: "action request", commands: 1, testOnly: true, operationIds: [] }),
    ]);
    expect((await laneAfter()).evidence.others).toEqual([true]);
  });
});

describe("operations of one message", () => {
  const create: UserStep = { addAdobeID: { email: "a@x.com" } };
  const creating = operationOf("a", { user: "a@x.com", do: [create] });
  const behind = operationOf("b", adding("a@x.com", "P"));

  test("are settled in order: a crash in between leaves none that is sent after a later one", async () => {
    stores.dynamo.refuse({ action: "PutItem", resource: "ledger", status: 400 });
    await expect(concluded([[creating, behind]], report(1))).rejects.toThrow();
    expect((await stores.ledger.read([creating.id, behind.id])).size).toBe(0);
  });

  test("remember that their root was created by one before them", async () => {
    await concluded([[creating, behind]], report(1, [{ ...permanent, step: 1 }]));
    expect(await rowOf("a")).toMatchObject({ status: "succeeded" });
    expect(await rowOf("a")).not.toHaveProperty("rootCreated");
    expect(await rowOf("b")).toMatchObject({ status: "failed", rootCreated: true });
  });

  test("do not, if that has failed", async () => {
    await concluded([[creating, behind]], report(1, [{ ...permanent, errorCode: "error.user.already_in_org" }]));
    expect(await rowOf("a")).toMatchObject({ status: "failed" });
    expect(await rowOf("b")).not.toHaveProperty("rootCreated");
  });
});

describe("the end of an operation lets those behind it in the room go", () => {
  const list = "behind#a" as ListName;

  test("if it has ended", async () => {
    await stores.park(on("c"), { parked: { reason: "behind", list, since: 0 }, place: placeOf("30", 0) });
    await concluded([[on("a")]], report(1));
    expect(await stores.room.listState(list)).toMatchObject({ dueAt: now });
  });

  test("and not before", async () => {
    await stores.park(on("c"), { parked: { reason: "behind", list, since: 0 }, place: placeOf("30", 0) });
    await concluded([[on("a")]], response(500));
    expect(await stores.room.listState(list)).not.toHaveProperty("dueAt");
  });

  test("and asks nothing of an empty room", async () => {
    await concluded([[on("a")]], report(1));
    expect(stores.calls.filter(({ input }) => input["TableName"] === "room")).toEqual([]);
  });
});

describe("a throttle", () => {
  test("blocks the lane, is counted, and changes no operation", async () => {
    await concluded([[on("a")]], response(429, "", 38_000));
    const lane = await laneAfter();
    expect(lane).toMatchObject({
      block: { reason: "throttled", until: now + 38_000 },
      throttles: 1,
      inFlight: [],
      lastSuccessAt: 0,
    });
    expect(lane.evidence.others).toEqual([]);
    expect(lane.tally).toMatchObject([{ succeeded: 0, failed: [], throttles: 1 }]);
    expect((await stores.ledger.read([operationId("a")])).size).toBe(0);
    expect(told("lane blocked")).toEqual([
      { kind: "lane blocked", reason: "throttled", until: now + 38_000, failures: 1 },
    ]);
  });
});

test("A refused credential blocks the lane, and tells nothing of Adobe", async () => {
  await concluded([[on("a")]], response(403));
  const lane = await laneAfter();
  expect(lane).toMatchObject({ refusals: 1, block: { reason: "credentials-refused" } });
  expect(lane.evidence).toMatchObject({ others: [], sinceSuspects: 1 });
});

test("A request that Adobe refuses as a whole blocks nothing, and tells nothing of Adobe", async () => {
  await concluded([[on("a")], [on("b")]], response(400, { result: "error.command.malformed", message: "" }));
  const lane = await laneAfter();
  expect(lane.block).toBeUndefined();
  expect(lane).toMatchObject({ lastSuccessAt: 0, evidence: { others: [] }, inFlight: [] });
  expect((await rowOf("a")).progress).toEqual({ ...untouched, most: 1 });
  expect(told("lane blocked")).toEqual([]);
  expect(told("parked")).toEqual([]);
});

describe("when Adobe fails", () => {
  test.each([
    ["without a wait", response(503), 15_000, 503],
    ["with a wait", response(503, "", 7000), 7000, 503],
    ["without a connection", { kind: "unsent" } as const, 15_000, "unsent"],
  ])("%s, the lane is blocked, and that is remembered", async (_, answer, ms, status) => {
    await concluded([[on("a")]], answer);
    const lane = await laneAfter();
    expect(lane).toMatchObject({ faults: 1, inFlight: [], block: { reason: "adobe-unavailable", until: now + ms } });
    expect(lane.evidence.others).toEqual([false]);
    expect(told("action request")).toMatchObject([{ status, verdict: "adobe-unavailable" }]);
  });

  test("at ordinary work, that may have been applied and has failed once, and has no limit", async () => {
    await concluded([[on("a")], [on("b")]], response(500));
    for (const id of ["a", "b"])
      expect((await rowOf(id)).progress).toEqual({ ...untouched, uncertain: true, faults: 1, lastFaultAt: now });
  });

  test("at a probe, there is an outage", async () => {
    await concluded([], response(500), { of: "probe" });
    expect((await laneAfter()).evidence).toMatchObject({ others: [false], outageAt: now });
  });

  test("at suspects, that is theirs, and the lane is not blocked", async () => {
    await concluded([[on("a")]], response(500), { of: "suspects" });
    const lane = await laneAfter();
    expect(lane.block).toBeUndefined();
    expect(lane).toMatchObject({ faults: 0, evidence: { others: [] } });
    expect((await rowOf("a")).progress).toMatchObject({ faults: 1, most: 1, lastFaultAt: now });
  });

  test("at suspects without a connection, the lane is blocked", async () => {
    await concluded([[on("a")]], { kind: "unsent" }, { of: "suspects" });
    expect((await laneAfter()).block?.reason).toBe("adobe-unavailable");
  });

  test("at one suspect alone, it is charged if others went well since its last failure, and suspects are few", async () => {
    const evidence = { others: Array(10).fill(true), sinceSuspects: 9, outageAt: 0, latestAt: 0 };
    const failed = { ...untouched, faults: 2, lastFaultAt: now - 10, uncertain: true };
    for (const [id, lastSuccessAt, mayCharge, charges] of [
      ["a", now - 5, true, 1],
      ["b", now - 10, true, 0],
      ["c", now - 5, false, 0],
    ] as const) {
      await stores.park(on(id), { progress: failed, parked: { reason: "suspect", dueAt: now } });
      const { parked: _, ...row } = await rowOf(id);
      await stores.put(row);
      conclusions.lanes = new MemoryLaneStore();
      await concluded([[on(id)]], response(500), { of: "suspects", lane: { evidence, lastSuccessAt }, mayCharge });
      expect((await rowOf(id)).charges).toBe(charges);
    }
  });

  test("and may still apply it, the operation is parked, so that the lane need not remember it", async () => {
    await concluded([[on("a")]], { kind: "unanswered" });
    expect(fatesAt(await laneAfter(), now)).toEqual({ open: new Map(), unknown: new Set() });
    expect((await rowOf("a")).parked).toEqual({ reason: "unsettled", dueAt: now + 135_000 });
    expect(told("parked")).toEqual([{ kind: "parked", operationId: "a", reason: "unsettled" }]);
  });
});

describe("outcomes are in the ledger before the memory of the request is cleared", () => {
  test("so that it is still in flight if the ledger takes none", async () => {
    stores.dynamo.refuse({ action: "PutItem", resource: "ledger", status: 400 });
    await expect(concluded([[on("a")]], report(1))).rejects.toThrow();
    expect(fatesAt(await laneAfter(), now).open.has(operationId("a"))).toBe(true);
  });
});

describe("an operation that Adobe is too busy for", () => {
  const list: ListName = `code#${busy.errorCode}`;

  test("waits in the list of the code, which is tried again after a while", async () => {
    await concluded([[on("a")], [on("b")]], report(2, [busy]));
    expect((await rowOf("a")).parked).toMatchObject({ reason: "held", list });
    expect(await stores.room.listState(list)).toEqual({ dueAt: now + 15_000, take: 1, failures: 1, entered: 1 });
    expect(told("parked")).toEqual([{ kind: "parked", operationId: "a", reason: "held" }]);
  });

  test("and that came from there lets ten go, once Adobe takes it", async () => {
    await stores.park(on("b"), { parked: { reason: "held", list, since: 1 } });
    const lists = new Map([[operationId("a"), list]]);
    await concluded([[on("a")]], report(1), { lists });
    expect(await stores.room.listState(list)).toEqual({ dueAt: now, take: 10, failures: 0, entered: 1 });
  });

  test("and nothing is said about the code by a request without an answer", async () => {
    const lists = new Map([[operationId("a"), list]]);
    await concluded([[on("a")]], response(500), { lists });
    expect(await stores.room.listState(list)).toBeUndefined();
  });
});

test("A rename of unknown fate is looked up before it is settled", async () => {
  const renaming = operationOf("a", { user: "a@x.com", do: [{ update: { email: "new@x.com" } }] });
  await stores.put({ ...(await stores.park(renaming, {})), progress: { ...untouched, uncertain: true } });
  await concluded([[renaming]], report(1, [{ ...permanent, errorCode: "error.user.nonexistent" }]));
  expect(await rowOf("a")).toMatchObject({ status: "failed", error: { code: "error.user.nonexistent" } });
});
