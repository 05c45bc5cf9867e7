import { isOnceMore, onceMore } from "../leavers/once-more.ts";
import { type Standing, standingOf } from "../leavers/standing.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import { openUntil } from "../ledger/open-until.ts";
import { type LedgerRow, placeIn } from "../ledger/row.ts";
import { fatesAt } from "../pacing/lane.ts";
import { touchesOfAll } from "../planning/conflicts.ts";
import { slices } from "../planning/slices.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { Batch } from "./batch.ts";
import type { Ending, Guard } from "./guards.ts";

export interface OlderWorkServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly waitingRoom: WaitingRoom;
  /** How long Adobe may still apply a request that it did not answer, in milliseconds. */
  readonly openMs: number;
}

const asItIs: Standing = { kind: "goes", without: new Map(), again: [] };

/** Work that was accepted before leavers that go ahead of it: it waits, goes without them, or ends. */
export class OlderWork implements Guard {
  readonly #services: OlderWorkServices;

  constructor(services: OlderWorkServices) {
    this.#services = services;
  }

  async endingOf(row: LedgerRow, batch: Batch): Promise<Ending | undefined> {
    const standing = await this.standingOf(row, batch);
    return standing.kind === "superseded" ? standing : undefined;
  }

  /**
   * What leavers of a later place mean for the operation. If it goes, its lists are without them from then on, and those
   * that must go once more after it stand in the room.
   */
  async standingOf(row: LedgerRow, batch: Batch): Promise<Standing> {
    const { id } = row.operation;
    const standing = batch.standings.get(id) ?? (await this.#find(row, batch));
    batch.standings.set(id, standing);
    return standing;
  }

  async #find(row: LedgerRow, batch: Batch): Promise<Standing> {
    const { clock, waitingRoom, openMs } = this.#services;
    const { operation } = row;
    const place = placeIn(row);
    // A leaver that goes once more must do so, whoever has removed the name's earlier user.
    if (operation.testOnly || isOnceMore(operation) || batch.watermark === undefined || place >= batch.watermark)
      return asItIs;
    const isAtWork = (leaver: LedgerRow) => {
      const now = clock.now();
      return fatesAt(batch.lane.lane, now).open.has(leaver.operation.id) || openUntil(leaver, openMs) > now;
    };
    for (;;) {
      const pending = batch.pendingOf(row);
      const [next] = slices({ messageId: operation.id, operations: [pending] });
      const [by] = pending.without?.values() ?? [];
      if (next === undefined) return by === undefined ? asItIs : { kind: "superseded", by };
      // The root as it is called by now. A user's command is small; of a group's, the next names are enough.
      const { command } = next;
      const names = touchesOfAll("user" in command ? [command, operation.command] : [command]);
      const found = await waitingRoom.leaversAfter(names, place);
      // A leaver with two messages may stand in the room at the later place, and go in its turn at the earlier one.
      const leavers = new Map([...found].filter(([id]) => id !== operation.id));
      const standing = standingOf(command, leavers, isAtWork);
      if (standing.kind !== "goes") return standing;
      for (const leaver of standing.again) await this.#enterOnceMore(leaver, row, batch);
      if (!batch.leaveOut(operation.id, standing.without)) return standing;
    }
  }

  async #enterOnceMore(leaver: LedgerRow, after: LedgerRow, batch: Batch): Promise<void> {
    const { clock, ledger, waitingRoom } = this.#services;
    const again = onceMore(leaver, after.operation, placeIn(after), clock.now());
    const { id } = again.operation;
    if ((await ledger.read([id])).has(id)) return;
    batch.room = await waitingRoom.expect(again);
    await ledger.write(again);
  }
}
