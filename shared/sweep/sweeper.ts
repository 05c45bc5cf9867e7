import type { Ledger, LedgerEvent } from "../ledger/ledger-dynamo.ts";
import type { Listing } from "../ledger/listing-dynamo.ts";
import { type LedgerRow, placeIn } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import { type ListName, leaderOf, setOf } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import { isFinal } from "../operation/status.ts";
import type { UnreadableItem } from "../pacing/unreadable-item.ts";
import type { Admission, AdmissionEvent } from "../room/admission.ts";
import type { MarkStore } from "../room/mark-dynamo.ts";
import type { Room } from "../room/room-dynamo.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { MappingEvent, Mappings } from "./mappings.ts";
import type { WaitEvent, Waits } from "./waits.ts";

/** What the sweeper does and sees, for logs and metrics. */
export type SweepEvent =
  | { readonly kind: "parked before SQS forgets"; readonly operationId: OperationId }
  | { readonly kind: "backlog"; readonly operations: number }
  /** Operations that wait until a version comes that can read them. */
  | { readonly kind: "unreadable operations"; readonly operations: number }
  | AdmissionEvent
  | LedgerEvent
  | MappingEvent
  | UnreadableItem
  | WaitEvent;

export interface SweepServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly settlement: Settlement;
  readonly admission: Admission;
  readonly marks: MarkStore;
  readonly room: Room;
  readonly waitingRoom: WaitingRoom;
  readonly waits: Waits;
  readonly mappings: Mappings;
  readonly report: (event: SweepEvent) => void;
}

/** SQS forgets a message after 14 days. Its operations are parked a day before. */
export const parkedAfterDays = 13;
const parkedAfterMs = parkedAfterDays * 24 * 60 * 60 * 1000;
/** How many operations or lists are read together. */
const pageSize = 100;

/**
 * Parks operations that SQS would soon forget, finds lists that a crash has forgotten, and tells how much waits, how
 * long, and whether messages are handed to the functions.
 */
export class Sweeper {
  readonly #services: SweepServices;

  constructor(services: SweepServices) {
    this.#services = services;
  }

  async sweep(): Promise<void> {
    const { admission, listing, marks, waits, mappings, report } = this.#services;
    const unreadable = new Set(await this.#parkOld());
    const mark = await marks.read();
    if (mark !== undefined) {
      if (mark.revision === undefined) {
        report({ kind: "unreadable item", item: marks.key });
        await marks.raise(true);
      }
      for (const id of await admission.lookAgain()) unreadable.add(id);
      await this.#wakeForgotten();
    }
    report({ kind: "unreadable operations", operations: unreadable.size });
    report({ kind: "backlog", operations: await listing.count("queued") });
    for (const event of await waits.look()) report(event);
    // If AWS does not answer, the run fails after everything else is done, and Lambda counts an error.
    report(await mappings.look());
  }

  /**
   * Parks the oldest places first, so that operations behind them find what they are behind. @returns the ids of what
   * cannot be read
   */
  async #parkOld(): Promise<OperationId[]> {
    const { clock, ledger, listing, settlement, report } = this.#services;
    const before = clock.now() - parkedAfterMs;
    const unreadable: OperationId[] = [];
    let cursor: string | undefined;
    do {
      const page = await listing.oldest("queued", pageSize, cursor);
      unreadable.push(...page.unreadable);
      const old = page.operations.filter(({ acceptedAt }) => acceptedAt <= before);
      const rows = await ledger.read(old.map(({ id }) => id));
      for (const { id } of old) {
        const row = rows.get(id);
        if (row === "unreadable") unreadable.push(id);
        if (
          row === undefined ||
          row === "unreadable" ||
          isFinal(row.status) ||
          row.parked !== undefined ||
          row.operation.queuedAt > before
        )
          continue;
        const parked = { reason: "ready", dueAt: clock.now() } as const;
        await settlement.settle(row, { kind: "parked", progress: row.progress, parked });
        report({ kind: "parked before SQS forgets", operationId: id });
      }
      cursor = old.length < page.operations.length ? undefined : page.cursor;
    } while (cursor !== undefined);
    return unreadable;
  }

  /**
   * Makes forgotten lists due. A crash may have come before a list got its due time, or before it got members. A
   * dispatcher that finds a list due sends the members that may go, and closes an empty one.
   */
  async #wakeForgotten(): Promise<void> {
    const { clock, ledger, room, waitingRoom } = this.#services;
    let after: ListName | undefined;
    for (;;) {
      const lists = await room.lists(pageSize, after);
      const silent = lists.filter(({ state }) => state.dueAt === undefined).map(({ list }) => list);
      const rows = await ledger.read(silent.flatMap((list) => leaderOf(list) ?? []));
      for (const list of silent) {
        const leader = leaderOf(list);
        const row = leader === undefined ? undefined : rows.get(leader);
        if (row !== undefined && row !== "unreadable" && isFinal(row.status)) await waitingRoom.end(row);
        const [first] = await room.members(list, 1);
        // The releaser lets removals go, once somebody has decided.
        if (setOf(list) !== undefined && first !== undefined) continue;
        // The members still wait for their leader, or have just been let go. A leader that was retried since has its
        // place at the end, where it may wait for them.
        if (row !== undefined && first !== undefined && (row === "unreadable" || isBefore(row, first.occupant.place)))
          continue;
        await room.setList(leader === undefined ? "held" : "ready", list, { dueAt: clock.now(), take: 1, failures: 0 });
      }
      after = lists.at(-1)?.list;
      if (lists.length < pageSize) return;
    }
  }
}

function isBefore(leader: LedgerRow, place: Place): boolean {
  return leader.early === true || placeIn(leader) < place;
}
