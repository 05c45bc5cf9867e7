import type { LeaversFirst } from "../leavers/leavers-first.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import type { LedgerRow } from "../ledger/row.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import { type Place, placeOf } from "../operation/place.ts";
import { blockAt } from "../pacing/lane.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { PauseStore } from "../pacing/pause-dynamo.ts";
import type { BellQueue } from "../queue/bell-queue-sqs.ts";
import type { RemovalCounter } from "../removals/removal-counter.ts";
import type { RemovalStore } from "../removals/removals-dynamo.ts";
import { type DueKind, dueKinds } from "../room/entry.ts";
import type { MarkStore } from "../room/mark-dynamo.ts";
import type { Room } from "../room/room-dynamo.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import { outgoingBatches } from "../submit/batches.ts";
import type { SubmissionQueue } from "../submit/submission-queue-sqs.ts";
import type { Clock } from "../time/clock.ts";

/** What the releaser does, for logs and metrics. */
export type ReleaseEvent =
  | { readonly kind: "rung"; readonly due: readonly DueKind[] }
  | { readonly kind: "released"; readonly operationId: OperationId };

export interface ReleaseServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly lanes: LaneStore;
  readonly pauses: PauseStore;
  readonly marks: MarkStore;
  readonly room: Room;
  readonly waitingRoom: WaitingRoom;
  readonly queue: SubmissionQueue;
  readonly removals: RemovalStore;
  readonly removalCounter: RemovalCounter;
  readonly leaversFirst: LeaversFirst;
  readonly bells: BellQueue;
  /** About how many messages the lane's queue holds; undefined if SQS does not tell. */
  readonly queueDepth: () => Promise<number | undefined>;
  readonly report: (event: ReleaseEvent) => void;
}

/** The kinds that a dispatcher sends directly from the room. */
const sendable = dueKinds.filter((kind) => kind !== "scheduled");
/** The most rounds of scheduled work that one run releases; the next run continues. */
const mostRounds = 50;

/** Whoever parks an operation later than this after a decision has read it. */
const recentMs = 60 * 60_000;

/** Two runs at once ring once. Two runs a minute apart both ring, even if their clocks differ by seconds. */
const onceInMs = 30_000;

/** Runs each minute: puts scheduled work into the queue on its day, and rings if other work is due. */
export class Releaser {
  readonly #services: ReleaseServices;

  constructor(services: ReleaseServices) {
    this.#services = services;
  }

  async release(): Promise<void> {
    const { marks, room } = this.#services;
    const mark = await marks.read();
    if (mark === undefined) return;
    await this.#releaseScheduled();
    await this.#letDecidedGo();
    await this.#ring();
    if (await room.isEmpty()) await marks.clear(mark);
  }

  async #releaseScheduled(): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      const guests = await this.#services.waitingRoom.guests("scheduled");
      if (guests.length === 0) return;
      for (const { row } of guests) if (!(await this.#putIntoQueue(row))) return;
    }
  }

  /** A crash may have come after somebody decided about a set of removals, and before they could go. */
  async #letDecidedGo(): Promise<void> {
    const { clock, removals, waitingRoom } = this.#services;
    for (const { id, decision } of (await removals.read()).sets)
      if (decision !== undefined && decision.at + recentMs > clock.now()) await waitingRoom.letGo(`removals#${id}`);
  }

  /**
   * The message is sent before the row is written. A message alone opens the row, but an open row without a message
   * would wait for ever.
   */
  async #putIntoQueue(row: LedgerRow): Promise<boolean> {
    const { clock, ledger, queue, removalCounter, leaversFirst, waitingRoom, report } = this.#services;
    const { parked: _, ...open } = row;
    const release = (row.operation.release ?? 0) + 1;
    const next: Operation = { ...row.operation, release, queuedAt: clock.now() };
    const operation = await removalCounter.mark(next);
    let place: Place | undefined;
    const isQueued = await queue.send(outgoingBatches([operation]), (_message, sequenceNumber) => {
      place = placeOf(sequenceNumber, 0);
    });
    if (!isQueued) return false;
    const released = await leaversFirst.admit({ ...open, operation, ...(place === undefined ? {} : { place }) });
    // If another write came in between, it was dispatch's, which had received the message.
    if (await ledger.write(released)) await waitingRoom.forgetPlace(row, released, next.queuedAt);
    report({ kind: "released", operationId: operation.id });
    return true;
  }

  async #ring(): Promise<void> {
    const { clock, lanes, pauses, room, bells, queueDepth, report } = this.#services;
    const now = clock.now();
    const found = await Promise.all(sendable.map(async (kind) => ({ kind, due: await room.due(kind, now, 1) })));
    const due = found.filter(({ due }) => due.length > 0).map(({ kind }) => kind);
    if (due.length === 0) return;
    const [{ lane }, pause] = await Promise.all([lanes.read(), pauses.read()]);
    if (pause !== undefined || blockAt(lane, now) !== undefined) return;
    // Dispatch looks at the room with each batch, so any message is as good as a bell.
    if (((await queueDepth()) ?? 0) > 0) return;
    await bells.ring(String(Math.floor(now / onceInMs)));
    report({ kind: "rung", due });
  }
}
