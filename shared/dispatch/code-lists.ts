import type { LedgerRow } from "../ledger/row.ts";
import type { ListName } from "../operation/parked.ts";
import { isFinal } from "../operation/status.ts";
import { backoffMs } from "../pacing/backoff.ts";
import { maxCommandsPerRequest } from "../planning/plan.ts";
import type { Room } from "../room/room-dynamo.ts";
import type { Clock } from "../time/clock.ts";

export interface CodeListServices {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly room: Room;
}

/** The longest wait until the next member of a code's list is sent to test the code. */
const longestProbeMs = 10 * 60_000;

/**
 * Operations for which Adobe is too busy wait in one list for each error code. One of them is sent again, another each
 * time. Once Adobe takes it, they go ten at a time.
 */
export class CodeLists {
  readonly #services: CodeListServices;

  constructor(services: CodeListServices) {
    this.#services = services;
  }

  /**
   * Called after a request: sets when the lists of its operations are due again.
   *
   * @param rows the rows of the request's operations after it
   * @param sentFrom the list from which an operation was sent, by its id
   */
  async update(rows: readonly LedgerRow[], sentFrom: ReadonlyMap<string, ListName>): Promise<void> {
    const lists = new Set([...sentFrom.values(), ...rows.flatMap(({ parked }) => parked?.list ?? [])].filter(isOfCode));
    for (const list of lists) {
      const sent = rows.filter(({ operation }) => sentFrom.get(operation.id) === list);
      await this.#update(list, sent);
    }
  }

  async #update(list: ListName, sent: readonly LedgerRow[]): Promise<void> {
    const { clock, random, room } = this.#services;
    const now = clock.now();
    const { failures = 0, dueAt } = (await room.listState(list)) ?? {};
    if (sent.length === 0 && dueAt !== undefined) return;
    if (sent.some(({ status, parked }) => isFinal(status) || parked?.list !== list))
      await room.setList("held", list, { dueAt: now, take: maxCommandsPerRequest, failures: 0 }, dueAt);
    else {
      const waitMs = Math.min(longestProbeMs, backoffMs(failures + 1, random));
      await room.setList("held", list, { dueAt: now + waitMs, take: 1, failures: failures + 1 }, dueAt);
    }
  }
}

function isOfCode(list: ListName): boolean {
  return list.startsWith("code#");
}
