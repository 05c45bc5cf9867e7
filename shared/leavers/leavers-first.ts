import type { LedgerRow } from "../ledger/row.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import { isLeaver } from "./leaver.ts";
import type { Watermark } from "./watermark-dynamo.ts";

export interface LeaversFirstServices {
  readonly clock: Clock;
  readonly watermark: Watermark;
  readonly waitingRoom: WaitingRoom;
  /** Whether leavers go ahead at all. */
  readonly isOn: boolean;
}

/** Due by the clock of any dispatcher, also of one that is behind. */
const dueBeforeMs = 60_000;

/** Lets leavers go ahead of the queue. Whoever puts work into the queue asks it before writing a row. */
export class LeaversFirst {
  readonly #services: LeaversFirstServices;

  constructor(services: LeaversFirstServices) {
    this.#services = services;
  }

  /**
   * Enters a leaver into the waiting room as due at once. Its message is in the queue already, so that it has a place, and
   * comes to its turn there if anything of this is lost.
   *
   * @param row the row that is about to be written
   * @returns the row to write
   */
  async admit(row: LedgerRow): Promise<LedgerRow> {
    const { clock, watermark, waitingRoom, isOn } = this.#services;
    if (!isOn || row.place === undefined || !isLeaver(row.operation)) return row;
    const early: LedgerRow = { ...row, early: true, parked: { reason: "leaver", dueAt: clock.now() - dueBeforeMs } };
    // First the watermark: older work that is sent once the leaver has gone must look for it.
    await watermark.raise(row.place);
    await waitingRoom.expect(early);
    return early;
  }
}
