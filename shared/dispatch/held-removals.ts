import type { LedgerRow } from "../ledger/row.ts";
import type { Operation } from "../operation/operation.ts";
import { type Decision, decisionOn, type Removals } from "../removals/removals.ts";
import type { RemovalStore } from "../removals/removals-dynamo.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Batch } from "./batch.ts";
import type { Ending, Guard } from "./guards.ts";

/** Removals above the limit: they wait for a decision about their set, and end if it is canceled. */
export class HeldRemovals implements Guard {
  readonly #store: RemovalStore;
  readonly #waitingRoom: WaitingRoom;
  /** Read once for each batch: a decision stands for ever, and who parks an operation looks for it once more. */
  readonly #read = new WeakMap<Batch, Promise<Removals>>();

  constructor(store: RemovalStore, waitingRoom: WaitingRoom) {
    this.#store = store;
    this.#waitingRoom = waitingRoom;
  }

  /** The set that holds the operation, as long as nobody has decided about it. */
  async undecidedSetOf({ removalSet }: Operation, batch: Batch): Promise<number | undefined> {
    return (await this.#decisionOn(removalSet, batch)) === undefined ? removalSet : undefined;
  }

  async endingOf({ operation }: LedgerRow, batch: Batch): Promise<Ending | undefined> {
    const decision = await this.#decisionOn(operation.removalSet, batch);
    if (decision?.kind !== "canceled") return undefined;
    const { by } = decision;
    return { kind: "canceled", ...(by === undefined ? {} : { by }) };
  }

  /** Lets the operations of its set go, if somebody has decided about it by now. */
  async letGoIfDecided({ removalSet }: Operation): Promise<void> {
    if (removalSet !== undefined && decisionOn(await this.#store.read(), removalSet) !== undefined)
      await this.#waitingRoom.letGo(`removals#${removalSet}`);
  }

  async #decisionOn(set: number | undefined, batch: Batch): Promise<Decision | undefined> {
    if (set === undefined) return undefined;
    const read = this.#read.get(batch) ?? this.#store.read();
    this.#read.set(batch, read);
    return decisionOn(await read, set);
  }
}
