import { operationIdSchema } from "../operation/schema.ts";
import type { Budget } from "../pacing/budget.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { Clock } from "../time/clock.ts";
import type { CallListing } from "./call-listing.ts";
import { toSummaryOfRow } from "./item.ts";
import type { Ledger } from "./ledger.ts";
import type { Listing, ListingFilter } from "./listing.ts";
import { type OperationView, toldOf, viewOf } from "./view.ts";

export interface OperationReaderServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly callListing: CallListing;
  readonly lanes: LaneStore;
  readonly budget: Budget;
}

export interface ListingQuery {
  /** Only operations of this call: what the ids of its operations begin with, up to the hyphen. */
  readonly call?: string;
  readonly filter: ListingFilter;
  readonly limit: number;
  readonly cursor?: string;
}

export interface OperationsPage {
  readonly operations: readonly OperationView[];
  /** Where the next page starts; absent on the last. */
  readonly cursor?: string;
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
    if (row === undefined) return undefined;
    return { ...viewOf(toSummaryOfRow(row), lane, budget, clock.now()), ...toldOf(row.operation.command) };
  }

  /** From new to old; the operations of one call in the order handed in. */
  async list({ call, filter, limit, cursor }: ListingQuery): Promise<OperationsPage> {
    const { clock, listing, callListing, lanes, budget } = this.#services;
    const [page, { lane }] = await Promise.all([
      call === undefined ? listing.page(filter, limit, cursor) : callListing.page(call, filter, limit, cursor),
      lanes.read(),
    ]);
    const now = clock.now();
    return { ...page, operations: page.operations.map((summary) => viewOf(summary, lane, budget, now)) };
  }
}
