import { isDeepStrictEqual } from "node:util";
import type { OperationId } from "../operation/operation.ts";
import type { SettledOutcome } from "../operation/outcome.ts";
import type { Progress } from "../operation/progress.ts";
import type { Clock } from "../time/clock.ts";
import type { Ledger } from "./ledger.ts";
import { type LedgerRow, settle } from "./row.ts";

/** Writes outcomes into the ledger, a final status only over one that is not. */
export class Settlement {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(ledger: Ledger, clock: Clock, random: () => number) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#random = random;
  }

  /** @returns the row as the ledger holds it then */
  async settle(row: LedgerRow, outcome: SettledOutcome): Promise<LedgerRow> {
    let read = row;
    let latest = outcome;
    for (;;) {
      const settled = settle(read, latest, this.#clock.now(), this.#random);
      if (settled === read) return read;
      if (await this.#ledger.write(settled)) return { ...settled, revision: settled.revision + 1 };
      const current = await this.#current(row.operation.id);
      // An answer that was lost on its way makes the SDK write again, and find its own write in its way.
      if (current === undefined || isWritten(settled, current)) return current ?? settled;
      if (current.operation.generation !== row.operation.generation) return current;
      read = current;
      latest = onTopOf(current.progress, outcome);
    }
  }

  async #current(id: OperationId): Promise<LedgerRow | undefined> {
    return (await this.#ledger.read([id])).get(id);
  }
}

/** Another dispatcher has written in between: what it knew to be done, or possibly applied, stays so. */
function onTopOf({ stepsDone, uncertain }: Progress, outcome: SettledOutcome): SettledOutcome {
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

function isWritten(settled: LedgerRow, current: LedgerRow): boolean {
  return isDeepStrictEqual({ ...settled, revision: settled.revision + 1 }, current);
}
