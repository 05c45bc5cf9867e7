import type { Ledger, Rows, StoredRow } from "../ledger/ledger-dynamo.ts";
import { type LedgerRow, placeIn } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import type { ListName } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import { isFinal, isSuccess } from "../operation/status.ts";
import { type Touches, touches } from "../planning/conflicts.ts";
import type { Clock } from "../time/clock.ts";
import type { DueEntry, DueKind, Entrant, Found, Occupant } from "./entry.ts";
import type { Mark, MarkStore } from "./mark-dynamo.ts";
import { isCrowded, keysToAskBy, keysToStandUnder, type NameKeys, userKeys } from "./names.ts";
import type { Room } from "./room-dynamo.ts";

/** A parked operation that is due, with its list if it stands in one. */
export interface Guest {
  readonly row: LedgerRow;
  readonly list?: ListName;
}

export interface WaitingRoomServices {
  readonly clock: Clock;
  readonly room: Room;
  readonly marks: MarkStore;
  readonly ledger: Ledger;
}

/** The most operations of one kind that go into a request. */
const guestsAtATime = 10;
/** The most entries that are looked at, which is more because a crash may have left stale ones. */
const entriesAtATime = 20;
/**
 * After this time an entry whose row does not match is dead. It is longer than any invocation, even one that goes on
 * after SQS gave it up.
 */
const pendingMs = 15 * 60_000;

/**
 * The room with the rules that keep it in step with the ledger: entries are written before the row, and deleted after
 * it. An entry that does not match its row is deleted when it is found, once its row can no longer be on the way.
 */
export class WaitingRoom {
  readonly #services: WaitingRoomServices;

  constructor(services: WaitingRoomServices) {
    this.#services = services;
  }

  /** Writes the entries of a row that is about to be written as parked. @returns undefined if it is not parked */
  async expect(row: LedgerRow): Promise<Mark | undefined> {
    const { room, marks, clock } = this.#services;
    const entrant = entrantOf(row, clock.now());
    if (entrant === undefined) return undefined;
    await room.enter(entrant);
    return await marks.raise(isCrowded(touches(row.operation.command)));
  }

  /**
   * Called after the row is written: deletes the entries of the earlier wait.
   *
   * @param since when the later row was made, in milliseconds since the epoch
   */
  async forgetPlace(before: LedgerRow, after: LedgerRow, since: number): Promise<void> {
    const { room } = this.#services;
    const entrant = entrantOf(before, 0);
    if (entrant === undefined) return;
    if (!isSamePlace(before, after)) await room.leaveFormerPlace(entrant, since);
    if (after.early !== true) await room.leaveAhead(entrant);
  }

  /**
   * Called after the row is final: lets the operations behind it go, then deletes its entries. Its due entry or list
   * entry goes last, because that is how a crash in between is found.
   */
  async end(row: LedgerRow): Promise<void> {
    const { room } = this.#services;
    await this.letGo(`behind#${row.operation.id}`);
    const entrant = entrantOf(row, 0);
    if (entrant === undefined) return;
    await room.leaveNames(entrant);
    // After a leaver that has gone ahead, older work must not bring its user back.
    if (!isSuccess(row.status)) await room.leaveAhead(entrant);
    await room.leavePlace(entrant);
  }

  /**
   * Lets the members of a list go, if there are any. A list that is let go again and again, because a message of its leader
   * comes back, must not leave a stale entry each time before those that are due.
   */
  async letGo(list: ListName): Promise<void> {
    const { room, clock } = this.#services;
    const [member] = await room.members(list, 1);
    if (member === undefined || (await room.listState(list))?.dueAt !== undefined) return;
    await room.setList("ready", list, { dueAt: clock.now(), take: guestsAtATime, failures: 0 });
  }

  /** The due operations of one kind, the longest due first; of a list, its first members. */
  async guests(kind: DueKind): Promise<Guest[]> {
    const { room, ledger, clock } = this.#services;
    const entries = await room.due(kind, clock.now(), entriesAtATime);
    const candidates: Candidate[] = [];
    for (const entry of entries) {
      if (entry.kind === "operation") candidates.push({ ...entry, kind, dueAt: entry.dueAt });
      else candidates.push(...(await this.#membersOf(entry)));
    }
    const rows = await ledger.read(candidates.map(({ occupant }) => occupant.id));
    const guests: Guest[] = [];
    for (const candidate of candidates) {
      const row = rows.get(candidate.occupant.id);
      if (row === "unreadable" || candidate.isDamaged) await this.#setAside(candidate);
      else if (row !== undefined && isBorneOut(row, candidate))
        guests.push(candidate.list === undefined ? { row } : { row, list: candidate.list });
      else await this.#drop(row, candidate);
    }
    return guests.slice(0, guestsAtATime);
  }

  /** Whether fewer than `count` entries of one kind are in the room, due or not. */
  async hasFewer(kind: DueKind, count: number): Promise<boolean> {
    return (await this.#services.room.due(kind, Number.MAX_SAFE_INTEGER - 1, count)).length < count;
  }

  async #membersOf({ key, dueAt, list }: DueEntry & { readonly kind: "list" }): Promise<Candidate[]> {
    const { room } = this.#services;
    const state = await room.listState(list);
    if (state?.dueAt !== dueAt) {
      if (this.#isDead(dueAt)) await room.delete([key]);
      return [];
    }
    const members = await room.members(list, Math.min(state.take, guestsAtATime));
    if (members.length === 0 && (await room.closeList(list, state))) await room.delete([key]);
    return members.map((found) => ({ ...found, list }));
  }

  /**
   * The latest operation in the room before `place` that a command conflicts with; undefined if there is none.
   *
   * @param touched the names that the command touches
   * @param own whose command it is. An entry of its own at an earlier place is of a message that nobody counts any more
   */
  async leaderOf(
    touched: Touches,
    place: Place,
    own: OperationId,
    { areCrowdsIn }: Pick<Mark, "areCrowdsIn">,
  ): Promise<Occupant | undefined> {
    const { room, ledger } = this.#services;
    const names = keysToAskBy(touched, areCrowdsIn);
    for (;;) {
      const found = await room.latestBefore(names, place);
      if (found.length === 0) return undefined;
      const rows = await ledger.read(found.map(({ occupant }) => occupant.id));
      const stale = found.filter(({ occupant }) => occupant.id === own);
      for (const each of stale) await room.deleteFound(each);
      // An operation whose row does not say yet that it is parked is waited for all the same, because it has not ended.
      const ended = found.filter(({ occupant }) =>
        isOver(rows.get(occupant.id), occupant, this.#isDead(occupant.enteredAt)),
      );
      if (ended.length === 0 && stale.length === 0) return latest(found);
      for (const each of ended) await this.#drop(readable(rows.get(each.occupant.id)), each);
    }
  }

  /** The rows of the leavers after `place` that go ahead of work on one of the users that are written, or have gone. */
  async leaversAfter(touched: Touches, place: Place): Promise<Rows> {
    return await this.#rowsOf(await this.#services.room.aheadAfter(userKeys(touched), place));
  }

  /** The rows of the earliest operations in the room that touch one of the names. */
  async earliestOn(touched: Touches, { areCrowdsIn }: Pick<Mark, "areCrowdsIn">): Promise<Rows> {
    return await this.#rowsOf(await this.#services.room.earliestOn(keysToAskBy(touched, areCrowdsIn).writes));
  }

  async #rowsOf(found: readonly Found[]): Promise<Rows> {
    return await this.#services.ledger.read(found.map(({ occupant }) => occupant.id));
  }

  /** Nobody can say whether it may go: it is out of the way of those who may, and under its names it stands on. */
  async #setAside(found: Found): Promise<void> {
    const { room } = this.#services;
    await room.setAside({ occupant: found.occupant });
    await room.deleteFound(found);
  }

  /** Deletes a stale entry, and whatever a crash has left of an operation that has ended. */
  async #drop(row: LedgerRow | undefined, found: Found): Promise<void> {
    const { room } = this.#services;
    const { occupant } = found;
    const hasEnded = row !== undefined && isOver(row, occupant, false);
    if (hasEnded) {
      await this.letGo(`behind#${row.operation.id}`);
      await room.leaveNames({ ...occupant, parked: { reason: "ready", dueAt: 0 }, names: namesOf(row) });
    }
    if (hasEnded || this.#isDead(occupant.enteredAt)) await room.deleteFound(found);
  }

  /** Whether a row that matches an entry written at that time can no longer be on the way. */
  #isDead(writtenAt: number): boolean {
    return writtenAt + pendingMs < this.#services.clock.now();
  }
}

interface Candidate extends Found {
  readonly kind?: DueKind;
  readonly dueAt?: number;
  readonly list?: ListName;
}

/** Whether the row matches the entry. */
function isBorneOut(row: LedgerRow, { occupant, kind, dueAt, list }: Candidate): boolean {
  const { parked } = row;
  if (isOver(row, occupant, false) || parked === undefined || occupant.release !== (row.operation.release ?? 0))
    return false;
  return list === undefined ? parked.reason === kind && parked.dueAt === dueAt : parked.list === list;
}

function readable(row: StoredRow | undefined): LedgerRow | undefined {
  return row === "unreadable" ? undefined : row;
}

/**
 * Whether nothing need wait for the occupant any more: it has ended, or was retried since. For one whose row cannot be
 * read everybody waits, so that the order is kept.
 */
export function isOver(row: StoredRow | undefined, { generation }: Occupant, isDead: boolean): boolean {
  if (row === "unreadable") return false;
  if (row === undefined) return isDead;
  return isFinal(row.status) || row.operation.generation > generation;
}

function latest(found: readonly Found[]): Occupant | undefined {
  return found.map(({ occupant }) => occupant).reduce((one, other) => (one.place > other.place ? one : other));
}

export function isSamePlace({ parked: one }: LedgerRow, { parked: other }: LedgerRow): boolean {
  return (
    one?.reason === other?.reason &&
    one?.dueAt === other?.dueAt &&
    one?.list === other?.list &&
    one?.since === other?.since
  );
}

function namesOf({ operation }: LedgerRow) {
  return keysToStandUnder(touches(operation.command));
}

const noNames: NameKeys = { writes: [], reads: [] };

/** The operation as its entries contain it; undefined if it is not parked. */
function entrantOf(row: LedgerRow, enteredAt: number): Entrant | undefined {
  const { operation, parked } = row;
  if (parked === undefined) return undefined;
  const { id, generation, release = 0 } = operation;
  // A scheduled operation has no place until it is due, so nothing waits for it.
  const names = parked.reason === "scheduled" ? noNames : namesOf(row);
  const ahead = row.early === true ? { ahead: userKeys(touches(operation.command)) } : {};
  return { id, generation, release, place: placeIn(row), enteredAt, parked, names, ...ahead };
}
