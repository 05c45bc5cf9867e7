import type { Standing } from "../leavers/standing.ts";
import { toWatermark } from "../leavers/watermark-dynamo.ts";
import { watermarkKey } from "../leavers/watermark-key.ts";
import { intentUntil, withoutIntent } from "../ledger/intent.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import { hasCreatedRoot, type LedgerRow, placeIn, rowFor } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import { type Place, placeOf } from "../operation/place.ts";
import { isFinal } from "../operation/status.ts";
import type { Fates } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import { type Pause, toPause } from "../pacing/pause-dynamo.ts";
import { pauseKey } from "../pacing/pause-key.ts";
import type { PendingOperation, Work } from "../planning/slices.ts";
import { type Mark, toMark } from "../room/mark-dynamo.ts";
import { markKey } from "../room/mark-key.ts";
import type { Settlement } from "../room/settlement.ts";
import type { Message } from "./delivery.ts";

export interface BatchServices {
  readonly laneName: string;
  readonly lanes: LaneStore;
  readonly ledger: Ledger;
}

/** AWS: a FIFO queue gives at most this many messages at once. */
const mostMessages = 10;
/**
 * What was handed out so often goes as it is: a crowd behind it that is parked one by one would have it handed out once
 * for each of them, with nothing sent meanwhile.
 */
const mostRefills = 10;

/** The work of one invocation: its messages, the rows of their operations and of guests from the room, and the lane. */
export class Batch {
  readonly lane: LaneSession;
  readonly pause: Pause | undefined;
  /** What is known of the room; undefined while it is empty. */
  room: Pick<Mark, "areCrowdsIn"> | undefined;
  /** What leavers mean for its operations, as it was found for the next request. */
  readonly standings = new Map<OperationId, Standing>();
  /** Whether a leaver waits for the answer to a request of another invocation. */
  awaitsAnswer = false;
  /** Only work before this place need look for leavers. */
  watermark: Place | undefined;
  /** Operations of the messages that had ended before. */
  readonly ended: LedgerRow[] = [];
  /** The messages with an operation whose row cannot be read. They are not worked on. */
  readonly unreadable: readonly Message[];
  /** Whatever the queue holds of a place before this one is in the batch. Undefined for a batch without messages. */
  readonly end: Place | undefined;
  readonly #ledger: Ledger;
  readonly #messages: readonly Message[];
  readonly #rows = new Map<OperationId, LedgerRow>();
  /** The users whom the lists of an operation leave out, each with the leaver that removed them. */
  readonly #without = new Map<OperationId, ReadonlyMap<string, OperationId>>();
  /** Rows as the ledger had them, including those of finished operations. */
  readonly #read: ReadonlyMap<OperationId, LedgerRow>;

  private constructor(
    lane: LaneSession,
    { readable, unreadable }: { readonly readable: readonly Message[]; readonly unreadable: readonly Message[] },
    around: {
      readonly ledger: Ledger;
      readonly end: Place | undefined;
      readonly pause: Pause | undefined;
      readonly mark: Mark | undefined;
      readonly watermark: Place | undefined;
      readonly read: ReadonlyMap<OperationId, LedgerRow>;
    },
  ) {
    this.lane = lane;
    this.pause = around.pause;
    this.room = around.mark;
    this.watermark = around.watermark;
    this.#ledger = around.ledger;
    this.end = around.end;
    this.unreadable = unreadable;
    this.#messages = readable;
    this.#read = around.read;
  }

  /** @param end the place behind all that was received together, bells included */
  static async open(
    { laneName, lanes, ledger }: BatchServices,
    messages: readonly Message[],
    end: Place | undefined,
  ): Promise<Batch> {
    // Read the lane before the rows: another dispatcher that changes rows also writes the lane, so a stale read is
    // noticed at the next lane write.
    const lane = await LaneSession.open(lanes);
    const ids = messages.flatMap(({ operations }) => operations.map(({ id }) => id));
    const keys = [markKey(laneName), pauseKey(laneName), watermarkKey(laneName)];
    const { rows, items } = await ledger.readBeside(ids, keys);
    const mark = toMark(items.get(markKey(laneName)));
    const read = new Map([...rows].flatMap(([id, row]) => (row === "unreadable" ? [] : [[id, row]])));
    const unreadable = messages.filter(({ operations }) => operations.some(({ id }) => rows.get(id) === "unreadable"));
    const readable = messages.filter((message) => !unreadable.includes(message));
    const pause = toPause(items.get(pauseKey(laneName)));
    const watermark = toWatermark(items.get(watermarkKey(laneName)));
    const batch = new Batch(lane, { readable, unreadable }, { ledger, end, mark, watermark, pause, read });
    for (const { delivery, operations } of readable)
      for (const [index, operation] of operations.entries()) {
        // A batch may hold two messages of one operation.
        const known = batch.row(operation.id) ?? read.get(operation.id);
        const row = rowFor(known, operation, placeOf(delivery.sequenceNumber, index));
        if (row !== undefined) batch.keep(row);
        else if (known !== undefined && isFinal(known.status)) batch.ended.push(known);
      }
    return batch;
  }

  /** Whether the queue may hold more than it handed out, and what is left to do has not been handed out often. */
  get mayBeRefilled(): boolean {
    const left = new Set(this.works().map(({ messageId }) => messageId));
    const waiting = this.#messages.filter(({ delivery }) => left.has(delivery.messageId));
    return (
      this.#messages.length >= mostMessages && waiting.every(({ delivery }) => delivery.receiveCount < mostRefills)
    );
  }

  /** How many operations have ended since the batch was opened. */
  get endings(): number {
    return [...this.#rows.values()].filter(({ status }) => isFinal(status)).length;
  }

  row(id: OperationId): LedgerRow | undefined {
    return this.#rows.get(id);
  }

  keep(row: LedgerRow): void {
    this.#rows.set(row.operation.id, row);
    // Another dispatcher may have parked the row before its mark was visible.
    if (row.parked !== undefined) this.room ??= { areCrowdsIn: true };
    // A leaver may have come after the watermark was read.
    if (row.early === true) this.watermark = laterOf(this.watermark, placeIn(row));
  }

  /** @returns whether any of the users was in the lists of the operation until now */
  leaveOut(id: OperationId, users: ReadonlyMap<string, OperationId>): boolean {
    const before = this.#without.get(id) ?? new Map();
    const without = new Map([...before, ...users]);
    this.#without.set(id, without);
    return without.size > before.size;
  }

  /** The operation as it is planned. */
  pendingOf({ operation, progress, rootCreated = false }: LedgerRow): PendingOperation {
    const without = this.#without.get(operation.id);
    return { ...operation, progress, rootCreated, ...(without === undefined ? {} : { without }) };
  }

  /** Marks operations whose request is no longer waited for as uncertain: Adobe may have applied them. */
  async markUnknown(unknown: Fates["unknown"], settlement: Settlement): Promise<void> {
    for (const { operation, status, progress } of this.#rows.values()) {
      const row = this.#rows.get(operation.id);
      if (row === undefined || isFinal(status) || progress.uncertain || !unknown.has(operation.id)) continue;
      this.keep(await settlement.settle(row, { kind: "again", progress: { ...progress, uncertain: true } }));
    }
  }

  /** Removes the intents of cancels that were never completed, before their operations are sent. */
  async dropOldIntents(now: number): Promise<void> {
    for (const row of this.#rows.values())
      if (row.cancel !== undefined && intentUntil(row, now) === undefined)
        this.keep(await withoutIntent(this.#ledger, row));
  }

  /**
   * The remaining work of the queue's messages, in their order, each operation once. Parked operations no longer belong
   * to their messages.
   */
  works(): Work[] {
    const taken = new Set<OperationId>();
    return this.#messages.flatMap(({ delivery, operations }): Work[] => {
      let isCreated = false;
      const [head, ...rest] = operations.flatMap(({ id, generation }): PendingOperation[] => {
        const row = this.#rows.get(id);
        const isCreatedBefore = isCreated;
        isCreated ||= hasCreatedRoot(row ?? this.#read.get(id));
        // The message of a retry may be in the same batch. Its operation has its place there, at the end, and not here.
        if (
          row === undefined ||
          isFinal(row.status) ||
          row.parked !== undefined ||
          row.operation.generation !== generation ||
          // A repeated call may have put a second message into the queue.
          taken.has(id)
        )
          return [];
        taken.add(id);
        // It is written with the row, because the row may be parked, and then be sent without the operations before it
        // in its message.
        const rootCreated = isCreatedBefore || row.rootCreated === true;
        if (rootCreated) this.#rows.set(id, { ...row, rootCreated });
        return [this.pendingOf({ ...row, rootCreated })];
      });
      return head === undefined ? [] : [{ messageId: delivery.messageId, operations: [head, ...rest] }];
    });
  }
}

function laterOf(one: Place | undefined, other: Place): Place {
  return one !== undefined && one > other ? one : other;
}
