import type { Ledger } from "../ledger/ledger.ts";
import type { Listing } from "../ledger/listing.ts";
import { expire, isExpired } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import { isFinal } from "../operation/status.ts";
import { fatesAt } from "../pacing/lane.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { Clock } from "../time/clock.ts";

/** What the sweeper does and sees, for logs and metrics. */
export type SweepEvent =
  | { readonly kind: "operation expired"; readonly operationId: OperationId }
  | { readonly kind: "backlog"; readonly operations: number };

export interface SweepServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly lanes: LaneStore;
  readonly report: (event: SweepEvent) => void;
}

/** Operations looked at together. */
const pageSize = 100;

/** Ends operations that have waited for too long, and counts those that wait. */
export class Sweeper {
  readonly #services: SweepServices;

  constructor(services: SweepServices) {
    this.#services = services;
  }

  async sweep(): Promise<void> {
    const { clock, listing, report } = this.#services;
    let operations = 0;
    let cursor: string | undefined;
    do {
      const page = await listing.page({ status: "queued" }, pageSize, cursor);
      operations += page.operations.length;
      const old = page.operations.filter(({ acceptedAt }) => isExpired({ queuedAt: acceptedAt }, clock.now()));
      if (old.length > 0) operations -= await this.#expire(old.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    report({ kind: "backlog", operations });
  }

  /** @returns how many were ended: a retried operation counts from when it was queued again */
  async #expire(ids: readonly OperationId[]): Promise<number> {
    const { clock, ledger, lanes, report } = this.#services;
    const [rows, { lane }] = await Promise.all([ledger.read(ids), lanes.read()]);
    const { open, unknown } = fatesAt(lane, clock.now());
    let expired = 0;
    for (const row of rows.values()) {
      if (isFinal(row.status) || !isExpired(row.operation, clock.now())) continue;
      const { id } = row.operation;
      const wasSent = row.progress.stepsDone > 0 || row.progress.uncertain || open.has(id) || unknown.has(id);
      // Where dispatch has written in between, the next sweep looks again.
      if (!(await ledger.write(expire(row, !wasSent, clock.now())))) continue;
      expired++;
      report({ kind: "operation expired", operationId: id });
    }
    return expired;
  }
}
