import { expect, test } from "vitest";
import { idleLane } from "../../../shared/pacing/lane.ts";
import { LaneSession } from "../../../shared/pacing/lane-session.ts";
import type { StoredLane } from "../../../shared/pacing/lane-store.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";

/** A store whose item cannot be read as it is. */
class OddStore extends MemoryLaneStore {
  readonly #how: Partial<StoredLane>;
  writes = 0;

  constructor(how: Partial<StoredLane>) {
    super();
    this.#how = how;
  }

  override async read(): Promise<StoredLane> {
    return { ...(await super.read()), ...this.#how };
  }

  override async write(...written: Parameters<MemoryLaneStore["write"]>): Promise<StoredLane | undefined> {
    this.writes++;
    return await super.write(...written);
  }
}

test.each<[string, Partial<StoredLane>, boolean, number]>([
  ["damaged: it is replaced at once, because its block would begin anew at each look", { isDamaged: true }, true, 1],
  ["of a newer version: it is kept", { kept: "{}" }, true, 0],
  ["whole", {}, false, 0],
])("A lane that is %s", async (_, how, isUnreadable, writes) => {
  const store = new OddStore(how);
  const session = await LaneSession.open(store);
  expect(session.isUnreadable).toBe(isUnreadable);
  expect(store.writes).toBe(writes);
  expect(session.lane).toEqual(idleLane);
});
