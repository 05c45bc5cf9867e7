import { expect, test } from "vitest";
import { newRow } from "../../shared/ledger/row.ts";
import type { ListName } from "../../shared/operation/parked.ts";
import { placeOf } from "../../shared/operation/place.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { PauseStore } from "../../shared/pacing/pause-dynamo.ts";
import { CallRecords } from "../../shared/submit/call-records-dynamo.ts";
import { adding } from "../support/judging.ts";
import { operationOf } from "../support/operations.ts";
import { Stores } from "../support/stores.ts";

const row = newRow(operationOf("a", adding("a@x.com", "P")));
const list = "behind#a" as ListName;
const last = placeOf("9", 0);

const laneOf = ({ documents: dynamo, clock }: Stores) =>
  new DynamoLaneStore({ dynamo, clock, report: () => undefined }, "ledger", "default", "action");

/** An eventually consistent read may miss what another invocation has just written, and so send it twice or too early. */
test.each<[string, (stores: Stores) => Promise<unknown>]>([
  ["a row", ({ ledger }) => ledger.read([row.operation.id])],
  ["a row and what stands beside it", ({ ledger }) => ledger.readBeside([row.operation.id], ["lane#default"])],
  ["the lane", (stores) => laneOf(stores).read()],
  ["the lane's pause", ({ documents }) => new PauseStore(documents, "ledger", "default").read()],
  ["the record of a call", ({ documents }) => new CallRecords(documents, "ledger").find("key", "caller", "hash", 0)],
  ["the mark of the room", ({ marks }) => marks.read()],
  ["what is due in the room", ({ room }) => room.due("ready", 1, 1)],
  ["the members of a list", ({ room }) => room.members(list, 1)],
  ["the state of a list", ({ room }) => room.listState(list)],
  ["all lists", ({ room }) => room.lists(1)],
  ["who waits under a name", ({ room }) => room.latestBefore({ writes: ["w"], reads: ["r"] }, last)],
  ["whether the room is empty", ({ room }) => room.isEmpty()],
  ["what was set aside", ({ room }) => room.aside(1)],
  ["what an operation is behind", ({ waitingRoom }) => waitingRoom.guests("ready")],
])("%s is read consistently", async (_, read) => {
  const stores = await Stores.create();
  await stores.park(operationOf("b", adding("b@x.com", "P")), { parked: { reason: "ready", dueAt: 1 } });
  stores.calls.length = 0;
  await read(stores);
  const consistent = stores.calls.flatMap(({ input }) => {
    const { ledger } = (input["RequestItems"] ?? {}) as { ledger?: { ConsistentRead?: boolean } };
    return ledger?.ConsistentRead ?? input["ConsistentRead"];
  });
  expect(consistent.length).toBeGreaterThan(0);
  expect(consistent.every((each) => each === true)).toBe(true);
});
