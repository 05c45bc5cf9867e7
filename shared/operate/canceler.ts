import { inParallel } from "../language/in-parallel.ts";
import { type Intent, withoutIntent } from "../ledger/intent.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import { openUntil } from "../ledger/open-until.ts";
import { isKept, type LedgerRow } from "../ledger/row.ts";
import { operationIdsOf } from "../operation/ids.ts";
import type { OperationId } from "../operation/operation.ts";
import { operationIdSchema } from "../operation/schema.ts";
import { isFinal } from "../operation/status.ts";
import { type Fates, fatesAt } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { MarkStore } from "../room/mark-dynamo.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";

export interface CancelEvent {
  readonly kind: "operation finished";
  readonly operationId: OperationId;
  readonly status: "canceled";
  readonly attempts: number;
}

export interface CancelServices {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly ledger: Ledger;
  readonly lanes: LaneStore;
  readonly marks: MarkStore;
  readonly waitingRoom: WaitingRoom;
  /** How long Adobe may still apply a request that it did not answer. */
  readonly openMs: number;
  readonly report: (event: CancelEvent) => void;
}

export type Canceled =
  | { readonly kind: "canceled"; readonly row: LedgerRow }
  /** The operation had ended before. */
  | { readonly kind: "final"; readonly row: LedgerRow }
  /** The operation is being sent, or Adobe may still apply what was sent of it. */
  | { readonly kind: "in-flight"; readonly row: LedgerRow }
  /** Its row is of a form that this version cannot read. */
  | { readonly kind: "unreadable"; readonly row?: never };

/** How many rows are worked on at a time. */
const parallel = 25;
/** How often a cancel is tried while another cancel works on the same operation. */
const tries = 5;

/**
 * Ends operations that are not being sent. It leaves an intent on the row: a dispatcher that reads the row afterwards
 * does not send it. Then it writes the lane. A dispatcher that read the row earlier has a slot already, which the lane
 * shows, or fails to take one because the lane has changed, and reads everything again. So an operation that is not in
 * flight after that write will not be sent.
 */
export class Canceler {
  readonly #services: CancelServices;

  constructor(services: CancelServices) {
    this.#services = services;
  }

  /** @param by the caller who cancels. @returns undefined if there is no such operation */
  async cancel(id: string, by: string | undefined): Promise<Canceled | undefined> {
    const parsed = operationIdSchema.safeParse(id);
    return parsed.success ? (await this.#cancelAll([parsed.data], by)).get(parsed.data) : undefined;
  }

  /**
   * @param call what the ids of its operations begin with, up to the hyphen
   * @returns the result for each operation, in the order submitted; undefined if there is no such call
   */
  async cancelCall(call: string, by: string | undefined): Promise<ReadonlyMap<OperationId, Canceled> | undefined> {
    const ids = operationIdsOf(call);
    const found = await this.#cancelAll(ids, by);
    const inOrder = ids.flatMap((id): [OperationId, Canceled][] => {
      const canceled = found.get(id);
      return canceled === undefined ? [] : [[id, canceled]];
    });
    return inOrder.length === 0 ? undefined : new Map(inOrder);
  }

  async #cancelAll(ids: readonly OperationId[], by: string | undefined): Promise<Map<OperationId, Canceled>> {
    const { ledger, newId } = this.#services;
    const found = new Map<OperationId, Canceled>();
    let wanted = ids;
    for (let attempt = 1; wanted.length > 0; attempt++) {
      const rows: LedgerRow[] = [];
      for (const [id, row] of await ledger.read(wanted))
        if (row === "unreadable") found.set(id, { kind: "unreadable" });
        else if (isKept(row)) rows.push(row);
      const lost = await this.#cancelRows(rows, newId(), by, found);
      wanted = attempt < tries ? lost.map(({ operation }) => operation.id) : [];
      if (attempt === tries) for (const row of lost) found.set(row.operation.id, { kind: "in-flight", row });
    }
    await this.#letOthersGo([...found.values()].flatMap(({ row }) => row ?? []));
    return found;
  }

  /** @returns the rows on which another cancel worked at the same time */
  async #cancelRows(
    rows: readonly LedgerRow[],
    owner: string,
    by: string | undefined,
    found: Map<OperationId, Canceled>,
  ): Promise<LedgerRow[]> {
    const { clock, lanes } = this.#services;
    const intent = { owner, at: clock.now() };
    const intended: LedgerRow[] = [];
    await inParallel(rows, parallel, async (row) => {
      const left = await this.#leaveIntent(row, intent);
      if (!isFinal(left.status)) intended.push(left);
      else found.set(left.operation.id, { kind: "final", row: left });
    });
    if (intended.length === 0) return [];
    const lane = await LaneSession.open(lanes);
    await lane.update((state) => ({ lane: state }));
    const { open, unknown } = fatesAt(lane.lane, clock.now());
    const ids = intended.map(({ operation }) => operation.id);
    const fates = { open, unknown: lane.isUnreadable ? new Set(ids) : unknown };
    const lost: LedgerRow[] = [];
    await inParallel(intended, parallel, async (row) => {
      const ended = await this.#end(row, owner, by, fates);
      if (ended === undefined) lost.push(row);
      else found.set(row.operation.id, ended);
    });
    return lost;
  }

  /** @returns the row with the intent, or the row as it ended */
  async #leaveIntent(row: LedgerRow, cancel: Intent): Promise<LedgerRow> {
    let read = row;
    while (!isFinal(read.status) && read.cancel?.owner !== cancel.owner) {
      const intended: LedgerRow = { ...read, cancel };
      if (await this.#services.ledger.write(intended)) return { ...intended, revision: intended.revision + 1 };
      read = await this.#current(read);
    }
    return read;
  }

  /** @returns undefined if the intent is no longer there */
  async #end(row: LedgerRow, owner: string, by: string | undefined, fates: Fates): Promise<Canceled | undefined> {
    const { clock, ledger, openMs, report } = this.#services;
    const { id } = row.operation;
    let read = row;
    for (;;) {
      if (read.status === "canceled" && read.cancel?.owner === owner) return { kind: "canceled", row: read };
      if (isFinal(read.status)) return { kind: "final", row: read };
      if (read.cancel?.owner !== owner) return undefined;
      const now = clock.now();
      if (fates.open.has(id) || openUntil(read, openMs) > now)
        return { kind: "in-flight", row: await withoutIntent(ledger, read) };
      const uncertain = read.progress.uncertain || fates.unknown.has(id);
      const ended: LedgerRow = {
        ...read,
        status: "canceled",
        progress: { ...read.progress, uncertain },
        canceledAt: now,
        ...(by === undefined ? {} : { canceledBy: by }),
        updatedAt: now,
      };
      if (await ledger.write(ended)) {
        report({ kind: "operation finished", operationId: id, status: "canceled", attempts: ended.charges });
        return { kind: "canceled", row: ended };
      }
      // The operation may have been parked in between, or the answer to the write was lost.
      read = await this.#current(read);
    }
  }

  /**
   * Lets go what waits behind canceled operations. Those that were canceled before are included, because that cancel
   * may have crashed half-way.
   */
  async #letOthersGo(rows: readonly LedgerRow[]): Promise<void> {
    const { marks, waitingRoom } = this.#services;
    const canceled = rows.filter(({ status }) => status === "canceled");
    if (canceled.length === 0) return;
    const isRoomInUse = (await marks.read()) !== undefined;
    await inParallel(canceled, parallel, async (row) => {
      if (isRoomInUse || row.parked !== undefined) await waitingRoom.end(row);
    });
  }

  async #current(row: LedgerRow): Promise<LedgerRow> {
    const { id } = row.operation;
    return (await this.#services.ledger.readAgain(id)) ?? row;
  }
}
