import { isDeepStrictEqual } from "node:util";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import { type LedgerRow, placed, settle } from "../ledger/row.ts";
import type { SettledOutcome } from "../operation/outcome.ts";
import type { Clock } from "../time/clock.ts";
import { isSamePlace, type WaitingRoom } from "./waiting-room.ts";

export interface SettlementServices {
  readonly ledger: Ledger;
  readonly waitingRoom: WaitingRoom;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Writes outcomes into the ledger, and keeps the room in step. A final status is never overwritten. */
export class Settlement {
  readonly #services: SettlementServices;

  constructor(services: SettlementServices) {
    this.#services = services;
  }

  /** @returns the row as the ledger then holds it. @throws UnreadableRow */
  async settle(row: LedgerRow, outcome: SettledOutcome): Promise<LedgerRow> {
    const { ledger, waitingRoom, clock, random } = this.#services;
    let read = row;
    let latest = outcome;
    for (;;) {
      const now = clock.now();
      const settled = settle(read, latest, now, random);
      if (settled === read) return read;
      if (!isSamePlace(read, settled)) await waitingRoom.expect(settled);
      const isFirst = await ledger.write(settled);
      const current = isFirst ? after(settled) : await ledger.readAgain(row.operation.id);
      if (current === undefined) return settled;
      // If the answer to a conditional write is lost, the SDK repeats the write, which fails on its own first try.
      if (isFirst || isDeepStrictEqual(after(settled), current)) {
        await waitingRoom.forgetPlace(read, settled, now);
        return current;
      }
      if (current.operation.generation !== row.operation.generation) return current;
      // A row that submit or retry wrote in between may lack its place, and whether its root was created before.
      const known = placed(current, row.place);
      read = row.rootCreated === true ? { ...known, rootCreated: true } : known;
      latest = onTopOf(current.progress, outcome);
    }
  }
}

/**
 * Merges an outcome with what another dispatcher has written in between: steps that are done, or possibly applied, stay
 * so.
 */
function onTopOf({ stepsDone, uncertain }: LedgerRow["progress"], outcome: SettledOutcome): SettledOutcome {
  if (!("progress" in outcome)) return outcome;
  const { progress } = outcome;
  return {
    ...outcome,
    progress: {
      ...progress,
      stepsDone: Math.max(stepsDone, progress.stepsDone),
      uncertain: uncertain || progress.uncertain,
    },
  };
}

function after(settled: LedgerRow): LedgerRow {
  return { ...settled, revision: settled.revision + 1 };
}
