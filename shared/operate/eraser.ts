import { inParallel } from "../language/in-parallel.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import type { Listing } from "../ledger/listing-dynamo.ts";
import { erased, type LedgerRow } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import { finalStatuses, isFinal, type Status } from "../operation/status.ts";
import { namesUser } from "../planning/conflicts.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";

export interface EraseEvent {
  readonly kind: "rows erased";
  readonly operations: number;
}

export interface EraseServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly waitingRoom: WaitingRoom;
  /** What else tells of people. */
  readonly others: {
    /** The ids of what is still to become operations. */
    unfinished(user: string): Promise<readonly string[]>;
    forget(user: string): Promise<void>;
  };
  readonly report: (event: EraseEvent) => void;
}

/** How far an erasure has come: what has this status, up to this place in the order, has been looked at. */
export interface ErasureCursor {
  readonly status: Status;
  readonly after?: string;
}

export interface Erasure {
  readonly erased: number;
  /**
   * Operations that name the person and have not ended, and deliveries. They are left as they are, and nothing more is
   * erased.
   */
  readonly unfinished: readonly string[];
  /** Operations of which nobody can tell whom they name. */
  readonly unreadable: readonly OperationId[];
  /** Where to go on; absent once all has been looked at. */
  readonly cursor?: ErasureCursor;
}

/** What has not ended is looked for first: as long as there is any, nothing is erased. */
const order: readonly Status[] = ["queued", ...finalStatuses];
const pageSize = 100;
/** So many pages are looked at in one go: about two seconds. */
const mostPages = 25;
const parallelWrites = 25;

/**
 * Erases what the ledger keeps of a person: each finished operation whose command names the person, wherever it does.
 * No index has the names inside of commands, so that all rows are read.
 */
export class Eraser {
  readonly #services: EraseServices;

  constructor(services: EraseServices) {
    this.#services = services;
  }

  /**
   * Looks at a part of the ledger.
   *
   * @param user email or username
   * @param from the cursor that the part before came with
   */
  async erase(user: string, from: ErasureCursor = { status: "queued" }): Promise<Erasure> {
    const found = { erased: 0, unfinished: [] as string[], unreadable: [] as OperationId[] };
    const { others } = this.#services;
    if (from.status === "queued" && from.after === undefined) found.unfinished.push(...(await others.unfinished(user)));
    let at: ErasureCursor | undefined = from;
    for (let page = 0; at !== undefined && page < mostPages; page++) {
      at = await this.#page(user, at, found);
      if (found.unfinished.length > 0 && at?.status !== "queued") break;
    }
    if (at === undefined && found.unfinished.length === 0) await others.forget(user);
    if (found.erased > 0) this.#services.report({ kind: "rows erased", operations: found.erased });
    return { ...found, ...(at === undefined ? {} : { cursor: at }) };
  }

  async #page(
    user: string,
    { status, after }: ErasureCursor,
    found: { erased: number; readonly unfinished: string[]; readonly unreadable: OperationId[] },
  ): Promise<ErasureCursor | undefined> {
    const { ledger, listing } = this.#services;
    const { operations, unreadable, cursor } = await listing.oldest(status, pageSize, after);
    const rows = await ledger.read(operations.map(({ id }) => id));
    found.unreadable.push(...unreadable);
    await inParallel([...rows], parallelWrites, async ([id, row]) => {
      if (row === "unreadable") found.unreadable.push(id);
      else if (!namesUser(row.operation.command, user)) return;
      else if (!isFinal(row.status)) found.unfinished.push(id);
      // An index lags behind: an operation that it lists as queued may have ended, and is met again.
      else if (status === "queued") return;
      else if (await this.#erase(row)) found.erased++;
      else found.unfinished.push(id);
    });
    if (cursor !== undefined) return { status, after: cursor };
    const next = order[order.indexOf(status) + 1];
    return next === undefined ? undefined : { status: next };
  }

  /** @returns false if somebody has put the operation back meanwhile */
  async #erase(row: LedgerRow): Promise<boolean> {
    const { clock, ledger, waitingRoom } = this.#services;
    // A crash may have left entries in the room, which are found by the row alone.
    if (row.parked !== undefined) await waitingRoom.end(row);
    let read: LedgerRow | undefined = row;
    while (read !== undefined && isFinal(read.status)) {
      if (await ledger.write(erased(read, clock.now()))) return true;
      read = await ledger.readAgain(row.operation.id);
      if (read?.erasedAt !== undefined) return true;
    }
    return read === undefined;
  }
}
