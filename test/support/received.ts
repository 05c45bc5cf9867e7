import { Batch } from "../../shared/dispatch/batch.ts";
import type { Operation } from "../../shared/operation/operation.ts";
import { placeAfter } from "../../shared/operation/place.ts";
import type { LaneStore } from "../../shared/pacing/lane-store.ts";
import type { Stores } from "./stores.ts";

/** One message's operations, all on one user. */
export type Received = readonly [Operation, ...Operation[]];

/** A batch of messages in the order of their sequence numbers, which begin with 10. */
export async function received({ ledger }: Stores, lanes: LaneStore, messages: readonly Received[]): Promise<Batch> {
  return await Batch.open(
    { laneName: "default", lanes, ledger },
    messages.map((operations, index) => ({
      operations,
      delivery: {
        messageId: `message-${index}`,
        receiptHandle: "",
        receiveCount: 1,
        sequenceNumber: String(10 + index),
        body: "",
      },
    })),
    placeAfter(String(10 + messages.length)),
  );
}
