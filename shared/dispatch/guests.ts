import { type LedgerRow, placeIn } from "../ledger/row.ts";
import type { ListName } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import { isFinal } from "../operation/status.ts";
import type { Fates } from "../pacing/lane.ts";
import { maxCommandsPerRequest } from "../planning/plan.ts";
import type { Work } from "../planning/slices.ts";
import type { DueKind } from "../room/entry.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { Batch } from "./batch.ts";
import type { EarlyLeavers } from "./early-leavers.ts";
import type { Guards } from "./guards.ts";
import type { Parker } from "./parker.ts";

/** A parked operation whose turn has come. */
export interface DueWork {
  readonly work: Work;
  readonly place: Place;
  /** Whether it goes before its place. */
  readonly isEarly: boolean;
  /** Its list, if it stands in one. */
  readonly list?: ListName;
}

/** If more suspects wait at once, Adobe is at fault, whatever its answers to probes say. */
const mostCharged = 30;
const kinds: readonly DueKind[] = ["leaver", "ready", "held", "unsettled"];

export interface GuestServices {
  readonly clock: Clock;
  readonly waitingRoom: WaitingRoom;
  readonly parker: Parker;
  readonly guards: Guards;
  readonly earlyLeavers: EarlyLeavers;
  readonly settlement: Settlement;
}

/** Finds operations in the room that may go now; one that must still wait is parked again, one that may not go is ended. */
export class Guests {
  readonly #services: GuestServices;

  constructor(services: GuestServices) {
    this.#services = services;
  }

  /** Due operations, at most enough for one request, without suspects. */
  async due(batch: Batch, fates: Fates): Promise<DueWork[]> {
    const found: DueWork[] = [];
    for (const kind of kinds) {
      if (found.length >= maxCommandsPerRequest) break;
      found.push(...(await this.#admitted(kind, batch, fates)));
    }
    return found.slice(0, maxCommandsPerRequest);
  }

  async suspects(batch: Batch, fates: Fates): Promise<DueWork[]> {
    return await this.#admitted("suspect", batch, fates);
  }

  /** Whether a suspect may be charged. */
  async areSuspectsFew(): Promise<boolean> {
    return await this.#services.waitingRoom.hasFewer("suspect", mostCharged + 1);
  }

  async #admitted(kind: DueKind, batch: Batch, fates: Fates): Promise<DueWork[]> {
    const admitted: DueWork[] = [];
    if (batch.room === undefined) return admitted;
    const { clock, waitingRoom, parker, settlement } = this.#services;
    const guests = await waitingRoom.guests(kind);
    for (const { row } of guests) batch.keep(row);
    await batch.markUnknown(fates.unknown, settlement);
    await batch.dropOldIntents(clock.now());
    for (const { row: read, list } of guests) {
      const row = batch.row(read.operation.id) ?? read;
      if (isFinal(row.status)) continue;
      const reason = await parker.reasonOf(batch, row, fates);
      if (reason !== undefined) await parker.park(batch, row, reason);
      else if (await this.#mayGo(batch, row, fates))
        admitted.push({
          work: { messageId: row.operation.id, operations: [batch.pendingOf(row)] },
          place: placeIn(row),
          isEarly: row.early === true,
          ...(list === undefined ? {} : { list }),
        });
    }
    return admitted;
  }

  async #mayGo(batch: Batch, row: LedgerRow, fates: Fates): Promise<boolean> {
    const { parker, guards, earlyLeavers } = this.#services;
    if (await guards.ends(batch, row)) return false;
    const wait = row.early === true ? await earlyLeavers.waitOf(row, batch, fates) : undefined;
    if (wait?.kind === "settled") {
      const reason = row.parked?.reason === "suspect" ? "suspect" : "leaver";
      await parker.park(batch, row, { reason, dueAt: wait.at });
    }
    if (wait?.kind === "answer") batch.awaitsAnswer = true;
    return wait === undefined;
  }
}
