import type { Clock } from "../clock.ts";
import { operationIdSchema } from "../operation-schema.ts";
import type { Budget } from "../pacing/budget.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import { toSummaryOfRow } from "./item.ts";
import type { Ledger } from "./ledger.ts";
import type { Listing, ListingFilter } from "./listing.ts";
import { type OperationView, viewOf } from "./view.ts";

export interface OperationReaderServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly lanes: LaneStore;
  readonly budget: Budget;
}

/** Tells what became of operations, and what those that wait are waiting for. */
export class OperationReader {
  readonly #services: OperationReaderServices;

  constructor(services: OperationReaderServices) {
    this.#services = services;
  }

  /** @returns undefined if there is no such operation */
  async one(id: string): Promise<OperationView | undefined> {
    const { clock, ledger, lanes, budget } = this.#services;
    const parsed = operationIdSchema.safeParse(id);
    if (!parsed.success) return undefined;
    const [rows, { lane }] = await Promise.all([ledger.read([parsed.data]), lanes.read()]);
    const row = rows.get(parsed.data);
    return row === undefined ? undefined : viewOf(toSummaryOfRow(row), lane, budget, clock.now());
  }

  async list(query: {
    readonly filter: ListingFilter;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly operations: readonly OperationView[]; readonly cursor?: string }> {
    const { clock, listing, lanes, budget } = this.#services;
    const [page, { lane }] = await Promise.all([listing.page(query.filter, query.limit, query.cursor), lanes.read()]);
    const now = clock.now();
    return { ...page, operations: page.operations.map((summary) => viewOf(summary, lane, budget, now)) };
  }
}
