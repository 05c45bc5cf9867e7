import { setImmediate } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Service } from "../../infra/local/aws/service.ts";
import { documents } from "../../shared/dynamo/documents.ts";
import { newRow } from "../../shared/ledger/row.ts";
import { behind, type ListName } from "../../shared/operation/parked.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { roomTable } from "../simulation/ledger-table.ts";
import { inProcess } from "../support/in-process-client.ts";
import { adding } from "../support/judging.ts";
import { operationId, operationOf } from "../support/operations.ts";
import { Stores } from "../support/stores.ts";

/** After each call there is time for the next one, so that either side may be ahead. */
async function act(run: () => Promise<void>): Promise<void> {
  await run();
  await setImmediate();
}

test("Whoever enters a list that is being closed because it is empty is in a list that is found", async () => {
  const list: ListName = `behind#${operationId("first")}`;
  await fc.assert(
    fc.asyncProperty(fc.scheduler({ act }), async (scheduler) => {
      const stores = await Stores.create();
      const dueAt = stores.clock.now();
      await stores.room.setList("ready", list, { dueAt, take: 10, failures: 0 });
      const handle: Service["handle"] = async (action, input) => {
        await scheduler.schedule(Promise.resolve(), action);
        return await stores.dynamo.handle(action, input);
      };
      const client = new DynamoDBClient(inProcess({ ...stores.dynamo, handle }));
      const room = new Room(documents(client), roomTable.TableName, "default");
      const { clock, marks, ledger } = stores;
      const waitingRoom = new WaitingRoom({ clock, marks, ledger, room });
      const row = { ...newRow(operationOf("a", adding("a@x.com", "P"))), parked: behind(operationId("first")) };
      await scheduler.waitFor(Promise.all([waitingRoom.guests("ready"), waitingRoom.expect(row)]));
      await stores.put(row);
      const [known] = await stores.room.lists(10);
      expect(known?.list).toBe(list);
      if (known?.state.dueAt !== undefined) expect(await stores.waitingRoom.guests("ready")).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});
