import type { Ledger, StoredRow } from "../ledger/ledger-dynamo.ts";
import { type LedgerRow, placed, rowFor } from "../ledger/row.ts";
import {
  formatMessage,
  formatUnreadable,
  type MessageEntry,
  type MessageNames,
  type MessageReading,
  type OperationIdentity,
  readMessage,
} from "../operation/message.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import { type Place, placeBeforeAll } from "../operation/place.ts";
import { isFinal } from "../operation/status.ts";
import { touchesOfAll } from "../planning/conflicts.ts";
import type { Clock } from "../time/clock.ts";
import type { Aside, FoundAside } from "./aside.ts";
import type { Occupant } from "./entry.ts";
import type { MarkStore } from "./mark-dynamo.ts";
import { keysToStandUnder } from "./names.ts";
import type { Room } from "./room-dynamo.ts";
import type { Settlement } from "./settlement.ts";
import { isOver, type WaitingRoom } from "./waiting-room.ts";

/** Operations that wait in the room until a version that can read them is deployed. */
export interface AdmissionEvent {
  readonly kind: "set aside";
  readonly operationId: OperationId;
  readonly unreadable: "row" | "operation" | "message";
}

export interface AdmissionServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly room: Room;
  readonly marks: MarkStore;
  readonly waitingRoom: WaitingRoom;
  readonly settlement: Settlement;
  readonly report: (event: AdmissionEvent) => void;
}

/** A message, as far as it can be read, with the places of its operations if they are known. */
export interface Arrival {
  readonly reading: Exclude<MessageReading, { readonly kind: "foreign" }>;
  readonly body: string;
  readonly places?: readonly Place[];
}

export interface Admitted {
  readonly parked: readonly OperationId[];
  readonly aside: readonly OperationId[];
  /** Operations, as they were written, that cannot be read and have no row in the ledger. */
  readonly strays: readonly unknown[];
  /** Whether a row may still come for one of them, because it has an id: submit queues messages before it writes rows. */
  readonly mayBeKnownLater: boolean;
}

/** The time of an entry whose row may never come. */
const always = Number.MAX_SAFE_INTEGER;
const pageSize = 100;

/**
 * Moves all operations of a message into the waiting room, so that the message may be deleted. Readable operations are
 * parked and go from there. Unreadable ones are set aside and keep their place, so that work that conflicts with them
 * stays behind them.
 */
export class Admission {
  readonly #services: AdmissionServices;

  constructor(services: AdmissionServices) {
    this.#services = services;
  }

  /** It may be repeated. */
  async admit({ reading, body, places }: Arrival): Promise<Admitted> {
    if (reading.kind === "newer") return await this.#admitNewer(reading, body, places);
    const { entries } = reading;
    const names = reading.names ?? namesOf(entries);
    const rows = await this.#services.ledger.read(entries.flatMap((entry) => idOf(entry) ?? []));
    const parked: OperationId[] = [];
    const aside: OperationId[] = [];
    const strays: unknown[] = [];
    let mayBeKnownLater = false;
    // They are admitted one after the other, because a later one must find an earlier one in the room.
    for (const [index, entry] of entries.entries()) {
      const id = idOf(entry);
      const stored = id === undefined ? undefined : rows.get(id);
      const place = places?.[index];
      const unreadable = whatIsUnreadable(stored, entry);
      if (unreadable !== undefined) {
        const { identity } = unreadable;
        await this.#setAside(
          identity,
          names,
          bodyOf(entry),
          place === undefined ? undefined : [place],
          unreadable.what,
        );
        aside.push(identity.id);
      } else if (entry.kind === "unreadable" && stored === undefined) {
        strays.push(entry.json);
        mayBeKnownLater ||= id !== undefined;
      } else {
        const row = entry.kind === "operation" ? anew(stored, entry.operation, place) : knownOf(stored, entry, place);
        if (await this.#park(row)) parked.push(...(id === undefined ? [] : [id]));
      }
    }
    return { parked, aside, strays, mayBeKnownLater };
  }

  /** @returns whether it was parked by this call */
  async #park(row: LedgerRow | undefined): Promise<boolean> {
    if (row === undefined || row.parked !== undefined) return false;
    const { settlement, clock } = this.#services;
    const parked = { reason: "ready", dueAt: clock.now() } as const;
    await settlement.settle(row, { kind: "parked", progress: row.progress, parked });
    return true;
  }

  async #admitNewer(
    { operations, names }: Extract<MessageReading, { readonly kind: "newer" }>,
    body: string,
    places: readonly Place[] | undefined,
  ): Promise<Admitted> {
    // Each stands under the names for itself: one that is canceled must not take the others' places with it.
    for (const [index, identity] of operations.slice(0, -1).entries())
      await this.#standUnder(names, occupantOf(identity, places?.[index]));
    const last = operations.at(-1);
    if (last !== undefined) await this.#setAside(last, names, body, places, "message");
    return { parked: [], aside: operations.map(({ id }) => id), strays: [], mayBeKnownLater: false };
  }

  /** As with all that is parked, the entries come first, then the mark: nobody clears it while they are there. */
  async #setAside(
    identity: OperationIdentity,
    names: MessageNames | undefined,
    body: string,
    places: readonly Place[] | undefined,
    unreadable: AdmissionEvent["unreadable"],
  ): Promise<void> {
    const { room, marks, report } = this.#services;
    const occupant = occupantOf(identity, places?.at(-1));
    await this.#standUnder(names, occupant);
    await room.setAside({ occupant, body, ...(places === undefined ? {} : { places }) });
    await marks.raise(true);
    report({ kind: "set aside", operationId: identity.id, unreadable });
  }

  async #standUnder(names: MessageNames | undefined, occupant: Occupant): Promise<void> {
    await this.#services.room.standUnder(names ?? { writes: [], reads: [] }, occupant);
  }

  /** Checks whether operations that were set aside can be read now; those go on. @returns the ids of the others */
  async lookAgain(): Promise<OperationId[]> {
    const { room } = this.#services;
    const unreadable: OperationId[] = [];
    let after: string | undefined;
    for (;;) {
      const found = await room.aside(pageSize, after);
      for (const each of found) unreadable.push(...(await this.#lookAgainAt(each)));
      after = found.at(-1)?.key.sk;
      if (found.length < pageSize) return unreadable;
    }
  }

  async #lookAgainAt({ key, aside }: FoundAside): Promise<readonly OperationId[]> {
    if (aside === undefined) return [idIn(key.sk)];
    const { occupant } = aside;
    const still = await this.#unreadableIn(aside);
    if (!still.includes(occupant.id)) await this.#services.room.deleteFound({ key, occupant });
    return still;
  }

  async #unreadableIn({ occupant, body, places }: Aside): Promise<readonly OperationId[]> {
    const { ledger, waitingRoom } = this.#services;
    if (body !== undefined) {
      const reading = readMessage(body);
      if (reading.kind === "foreign") return [occupant.id];
      const { aside, strays } = await this.admit({ reading, body, ...(places === undefined ? {} : { places }) });
      return strays.length > 0 ? [occupant.id] : aside;
    }
    const row = (await ledger.read([occupant.id])).get(occupant.id);
    if (row === "unreadable") return [occupant.id];
    if (row !== undefined && isFinal(row.status)) await waitingRoom.end(row);
    // The operation stands where its row says, unless it was retried since.
    else if (row !== undefined && !isOver(row, occupant, false)) await waitingRoom.expect(row);
    return [];
  }
}

function occupantOf(identity: OperationIdentity, place: Place = placeBeforeAll(0, identity.id)): Occupant {
  return { ...identity, place, enteredAt: always };
}

/**
 * The part of an operation that is unreadable, if any: its row, or the operation of a retry, which only its message
 * has.
 */
function whatIsUnreadable(
  row: StoredRow | undefined,
  entry: MessageEntry,
): { readonly what: "row" | "operation"; readonly identity: OperationIdentity } | undefined {
  const identity = identityOf(entry);
  if (identity === undefined || row === undefined) return undefined;
  if (row === "unreadable") return { what: "row", identity };
  const isRetry = identity.generation > row.operation.generation;
  return entry.kind === "unreadable" && isRetry ? { what: "operation", identity } : undefined;
}

/** The row has the operation too, so an operation whose message cannot be read is taken from its row. */
function knownOf(
  row: StoredRow | undefined,
  { identity }: Extract<MessageEntry, { readonly kind: "unreadable" }>,
  place: Place | undefined,
): LedgerRow | undefined {
  if (row === undefined || row === "unreadable" || isFinal(row.status)) return undefined;
  if (row.operation.generation !== identity?.generation) return undefined;
  return placed(row, place);
}

function anew(row: StoredRow | undefined, operation: Operation, place: Place | undefined): LedgerRow | undefined {
  return row === "unreadable" ? undefined : rowFor(row, operation, place);
}

function idOf(entry: MessageEntry): OperationId | undefined {
  return identityOf(entry)?.id;
}

function identityOf(entry: MessageEntry): OperationIdentity | undefined {
  if (entry.kind === "unreadable") return entry.identity;
  const { id, generation, release = 0 } = entry.operation;
  return { id, generation, release };
}

function bodyOf(entry: MessageEntry): string {
  return entry.kind === "operation" ? formatMessage([entry.operation]) : formatUnreadable(entry.json);
}

/** The names of the readable operations; all operations of a message are on one root. */
function namesOf(entries: readonly MessageEntry[]): MessageNames {
  const commands = entries.flatMap((entry) => (entry.kind === "operation" ? [entry.operation.command] : []));
  return keysToStandUnder(touchesOfAll(commands));
}

function idIn(sk: string): OperationId {
  return sk.slice(sk.lastIndexOf("#") + 1) as OperationId;
}
