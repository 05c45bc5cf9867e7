import { intentUntil } from "../ledger/intent.ts";
import { type LedgerRow, placeIn } from "../ledger/row.ts";
import { behind, type Parked } from "../operation/parked.ts";
import { isSuspicious } from "../pacing/evidence.ts";
import type { Fates } from "../pacing/lane.ts";
import { touches } from "../planning/conflicts.ts";
import { type PendingOperation, slices, type Work } from "../planning/slices.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { Batch } from "./batch.ts";
import type { DispatchEvent } from "./events.ts";
import type { HeldRemovals } from "./held-removals.ts";
import type { OlderWork } from "./older-work.ts";

export interface ParkerServices {
  readonly clock: Clock;
  readonly settlement: Settlement;
  readonly waitingRoom: WaitingRoom;
  readonly heldRemovals: HeldRemovals;
  readonly olderWork: OlderWork;
  readonly report: (event: DispatchEvent) => void;
}

/** More are not put aside: where Adobe fails at everything, each would later be sent alone. */
const mostSuspects = 100;

/** Parks work that waits on its own account, so that it does not delay other work. */
export class Parker {
  readonly #services: ParkerServices;

  constructor(services: ParkerServices) {
    this.#services = services;
  }

  /**
   * Parks operations of the queue's messages that may not be sent yet, in their order. @returns whether anything was
   * parked
   */
  async clearTheWay(batch: Batch, fates: Fates): Promise<boolean> {
    let hasParked = false;
    for (const work of batch.works()) if (await this.#parkIfItMustWait(batch, work, fates)) hasParked = true;
    return hasParked;
  }

  async #parkIfItMustWait(batch: Batch, work: Work, fates: Fates): Promise<boolean> {
    const [head, ...rest] = work.operations;
    const parked = (await this.#reason(batch, head, work, fates)) ?? (await this.#reasonWithin(batch, rest, fates));
    if (parked !== undefined) {
      await this.parkWork(batch, work, parked);
      return true;
    }
    const [next, ...others] = rest;
    // What is superseded waits for nothing, and then the rest goes without it.
    if (next === undefined || batch.standings.get(head.id)?.kind !== "superseded") return false;
    return await this.#parkIfItMustWait(batch, { ...work, operations: [next, ...others] }, fates);
  }

  /** The reason why a guest must still wait, if there is one. */
  async reasonOf(batch: Batch, row: LedgerRow, fates: Fates): Promise<Parked | undefined> {
    const operation = batch.pendingOf(row);
    return await this.#reason(batch, operation, { messageId: operation.id, operations: [operation] }, fates);
  }

  async park(batch: Batch, row: LedgerRow, parked: Parked): Promise<void> {
    const { settlement, heldRemovals, report } = this.#services;
    // An unsettled operation has been sent, so Adobe may have applied it.
    const progress = parked.reason === "unsettled" ? { ...row.progress, uncertain: true } : row.progress;
    batch.keep(await settlement.settle(row, { kind: "parked", progress, parked }));
    report({ kind: "parked", operationId: row.operation.id, reason: parked.reason });
    // Somebody may have decided about its set since that was read.
    if (parked.reason === "removal-limit") await heldRemovals.letGoIfDecided(row.operation);
  }

  /** Parks the rest of a message: the first operation as given, each other behind the one before. */
  async parkWork(batch: Batch, { operations }: Work, parked: Parked): Promise<void> {
    let reason = parked;
    for (const { id } of operations) {
      const row = batch.row(id);
      if (row !== undefined) await this.park(batch, row, reason);
      reason = behind(id);
    }
  }

  /** The operation's own reason to wait, or an earlier operation in the room that must go first. */
  async #reason(batch: Batch, operation: PendingOperation, work: Work, fates: Fates): Promise<Parked | undefined> {
    const own = await this.#unlessTooMany(await this.#ownReason(batch, operation, fates));
    const row = batch.row(operation.id);
    if (own !== undefined || row === undefined || row.early === true) return own;
    const standing = await this.#services.olderWork.standingOf(row, batch);
    if (standing.kind === "behind") return behind(standing.leader);
    const [next] = slices(work);
    if (standing.kind === "superseded" || batch.room === undefined || next === undefined) return undefined;
    const leader = await this.#services.waitingRoom.leaderOf(
      touches(next.command),
      placeIn(row),
      operation.id,
      batch.room,
    );
    return leader === undefined ? undefined : behind(leader.id);
  }

  /** If a later operation of a message must wait, the whole message waits, so that its order is kept. */
  async #reasonWithin(batch: Batch, rest: readonly PendingOperation[], fates: Fates): Promise<Parked | undefined> {
    for (const operation of rest) {
      const own = await this.#unlessTooMany(await this.#ownReason(batch, operation, fates));
      if (own !== undefined) return own;
      const row = batch.row(operation.id);
      const standing = row === undefined ? undefined : await this.#services.olderWork.standingOf(row, batch);
      if (standing?.kind === "behind") return behind(standing.leader);
    }
    return undefined;
  }

  async #unlessTooMany(parked: Parked | undefined): Promise<Parked | undefined> {
    if (parked?.reason !== "suspect") return parked;
    return (await this.#services.waitingRoom.hasFewer("suspect", mostSuspects)) ? parked : undefined;
  }

  async #ownReason(batch: Batch, operation: PendingOperation, { open }: Fates): Promise<Parked | undefined> {
    const { id, progress } = operation;
    const now = this.#services.clock.now();
    const { evidence, lastSuccessAt } = batch.lane.lane;
    const row = batch.row(id);
    const openUntil = open.get(id);
    if (openUntil !== undefined) return { reason: "unsettled", dueAt: openUntil };
    const canceledBy = row === undefined ? undefined : intentUntil(row, now);
    if (canceledBy !== undefined) return { reason: "ready", dueAt: canceledBy };
    const set = await this.#services.heldRemovals.undecidedSetOf(operation, batch);
    if (set !== undefined) return { reason: "removal-limit", list: `removals#${set}`, since: 0 };
    if (row?.notBefore !== undefined && row.notBefore > now) return { reason: "held", dueAt: row.notBefore };
    if (row?.parked?.reason !== "suspect" && isSuspicious(progress, evidence, lastSuccessAt))
      return { reason: "suspect", dueAt: now };
    return undefined;
  }
}
