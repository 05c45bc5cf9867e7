import type { Ledger } from "../ledger/ledger.ts";
import { hasCreatedRoot, isClosing, type LedgerRow, rowFor } from "../ledger/row.ts";
import type { Settlement } from "../ledger/settlement.ts";
import type { OperationId } from "../operation/operation.ts";
import { isFinal } from "../operation/status.ts";
import type { Fates } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { PendingOperation, Work } from "../planning/slices.ts";
import type { Message } from "./delivery.ts";

export interface BatchServices {
  readonly lanes: LaneStore;
  readonly ledger: Ledger;
}

/** How long to leave alone what is about to expire. */
const closingPauseMs = 60_000;

/** One invocation's batch: its messages, their operations' rows, and the lane. */
export class Batch {
  readonly lane: LaneSession;
  readonly #messages: readonly Message[];
  readonly #rows = new Map<OperationId, LedgerRow>();
  /** Rows as the ledger had them, of operations that were finished too. */
  readonly #read: ReadonlyMap<OperationId, LedgerRow>;

  private constructor(lane: LaneSession, messages: readonly Message[], read: ReadonlyMap<OperationId, LedgerRow>) {
    this.lane = lane;
    this.#messages = messages;
    this.#read = read;
  }

  static async open({ lanes, ledger }: BatchServices, messages: readonly Message[]): Promise<Batch> {
    const operations = messages.flatMap((message) => [...message.operations]);
    // The lane first: whoever changes the rows after they are read changes the lane as well, by which it shows.
    const lane = await LaneSession.open(lanes);
    const read = await ledger.read(operations.map(({ id }) => id));
    const batch = new Batch(lane, messages, read);
    for (const operation of operations) {
      const row = rowFor(read.get(operation.id), operation);
      if (row !== undefined) batch.keep(row);
    }
    return batch;
  }

  row(id: OperationId): LedgerRow | undefined {
    return this.#rows.get(id);
  }

  keep(row: LedgerRow): void {
    this.#rows.set(row.operation.id, row);
  }

  /** Writes down what has been sent and is no longer waited for: Adobe may have applied it. */
  async markUnknown(unknown: Fates["unknown"], settlement: Settlement): Promise<void> {
    for (const row of this.#rows.values()) {
      const { operation, status, progress } = row;
      if (isFinal(status) || progress.uncertain || !unknown.has(operation.id)) continue;
      this.keep(await settlement.settle(row, { kind: "again", progress: { ...progress, uncertain: true } }));
    }
  }

  /** What is left to do, in the queue's order. */
  works(): Work[] {
    return this.#messages.flatMap(({ delivery, operations }): Work[] => {
      let rootCreated = false;
      const [head, ...rest] = operations.flatMap(({ id, generation }): PendingOperation[] => {
        const row = this.#rows.get(id);
        const isCreatedBefore = rootCreated;
        rootCreated ||= hasCreatedRoot(row ?? this.#read.get(id));
        // A retry's message may be in the same batch: what it brings has its place at the end, not here.
        if (row === undefined || isFinal(row.status) || row.operation.generation !== generation) return [];
        return [{ ...row.operation, progress: row.progress, rootCreated: isCreatedBefore }];
      });
      return head === undefined ? [] : [{ messageId: delivery.messageId, operations: [head, ...rest] }];
    });
  }

  /** How often the most received of the messages has been. */
  get receives(): number {
    return Math.max(0, ...this.#messages.map(({ delivery }) => delivery.receiveCount));
  }

  /** Until when Adobe may still apply any of what is left to do; 0 if there is no such thing. */
  openUntil(open: ReadonlyMap<OperationId, number>): number {
    return Math.max(0, ...this.works().flatMap(({ operations }) => operations.map(({ id }) => open.get(id) ?? 0)));
  }

  /** Until when the work must wait: its own backoff, a request with it whose fate is open, or the sweeper's next look. */
  notBefore({ operations }: Work, open: ReadonlyMap<OperationId, number>, now: number): number | undefined {
    const times = operations.flatMap((operation) => [
      this.#rows.get(operation.id)?.notBefore ?? 0,
      open.get(operation.id) ?? 0,
      isClosing(operation, now) ? now + closingPauseMs : 0,
    ]);
    return Math.max(...times) || undefined;
  }
}
