import type { LedgerRow } from "../ledger/row.ts";
import type { Operation } from "../operation/operation.ts";
import { type Decision, decisionOn } from "../removals/removals.ts";
import type { RemovalStore } from "../removals/removals-dynamo.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Batch } from "./batch.ts";
import { type DispatchEvent, finished } from "./events.ts";
import type { Guard } from "./guards.ts";

export interface HeldRemovalsServices {
  readonly store: RemovalStore;
  readonly settlement: Settlement;
  readonly waitingRoom: WaitingRoom;
  readonly report: (event: DispatchEvent) => void;
}

/** Removals above the limit: they wait for a decision about their set, and end if it is canceled. */
export class HeldRemovals implements Guard {
  readonly #services: HeldRemovalsServices;

  constructor(services: HeldRemovalsServices) {
    this.#services = services;
  }

  /** The set that holds the operation, as long as nobody has decided about it. */
  async undecidedSetOf({ removalSet }: Operation): Promise<number | undefined> {
    return (await this.#decisionOn(removalSet)) === undefined ? removalSet : undefined;
  }

  /** Lets the operations of its set go, if somebody has decided about it. */
  async letGoIfDecided({ removalSet }: Operation): Promise<void> {
    if (removalSet !== undefined && (await this.#decisionOn(removalSet)) !== undefined)
      await this.#services.waitingRoom.letGoOnce(`removals#${removalSet}`);
  }

  /** Ends the operation if its set is canceled. Adobe may no longer be at work on it. @returns whether it has ended */
  async ends(batch: Batch, row: LedgerRow): Promise<boolean> {
    const { settlement, waitingRoom, report } = this.#services;
    const decision = await this.#decisionOn(row.operation.removalSet);
    if (decision?.kind !== "canceled") return false;
    const { by } = decision;
    const ended = await settlement.settle(row, { kind: "canceled", ...(by === undefined ? {} : { by }) });
    batch.keep(ended);
    const event = finished(ended);
    if (event !== undefined) report(event);
    if (batch.room !== undefined) await waitingRoom.end(ended);
    return true;
  }

  async #decisionOn(set: number | undefined): Promise<Decision | undefined> {
    return set === undefined ? undefined : decisionOn(await this.#services.store.read(), set);
  }
}
