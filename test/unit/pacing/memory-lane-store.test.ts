import { expect, test } from "vitest";
import { idleLane } from "../../../shared/pacing/lane.ts";
import { LaneSession } from "../../../shared/pacing/lane-session.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";

test("a lane in memory is idle before it is written", async () => {
  expect(await new MemoryLaneStore().read()).toEqual({ lane: idleLane, revision: 0 });
});

test("of two writes over the same lane, one is refused as too late", async () => {
  const store = new MemoryLaneStore();
  const stored = await store.read();
  expect(await store.write(stored, { ...idleLane, faults: 1 })).toMatchObject({ revision: 1 });
  expect(await store.write(stored, { ...idleLane, faults: 9 })).toBeUndefined();
  expect((await store.read()).lane.faults).toBe(1);
});

test("a session whose repeated write fails on its own first try is not overtaken; one that fails on another's write is", async () => {
  const store = new MemoryLaneStore();
  const session = await LaneSession.open(store);
  await store.write(await store.read(), { ...idleLane, faults: 1 });
  const count = () =>
    session.update(
      (lane) => ({ lane: { ...lane, faults: lane.faults + 1 } }),
      ({ faults }) => faults === 1,
    );
  await count();
  expect(session.isOvertaken).toBe(false);
  await store.write(await store.read(), { ...idleLane, faults: 7 });
  await count();
  expect(session.isOvertaken).toBe(true);
  expect((await store.read()).lane.faults).toBe(8);
});

test("changes of sessions side by side all count", async () => {
  const store = new MemoryLaneStore();
  const sessions = await Promise.all(Array.from({ length: 5 }, () => LaneSession.open(store)));
  await Promise.all(
    sessions.map((session) => session.update((lane) => ({ lane: { ...lane, faults: lane.faults + 1 } }))),
  );
  expect((await store.read()).lane.faults).toBe(5);
});
