import type { OperationsPage, OperationView } from "../api/operation.ts";
import type { OperationId } from "../operation/operation.ts";
import { operationIdSchema } from "../operation/schema.ts";
import { isFinal } from "../operation/status.ts";
import type { Budget } from "../pacing/budget.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import { type Pause, toPause } from "../pacing/pause-dynamo.ts";
import { pauseKey } from "../pacing/pause-key.ts";
import type { Clock } from "../time/clock.ts";
import { aheadOf } from "./ahead.ts";
import type { CallListing } from "./call-listing.ts";
import { type OperationSummary, toSummaryOfRow } from "./item.ts";
import type { Ledger, Rows } from "./ledger-dynamo.ts";
import type { Listing, ListingFilter } from "./listing-dynamo.ts";
import { isKept, type LedgerRow } from "./row.ts";
import { toldOf, viewOf } from "./view.ts";

export interface OperationReaderServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly callListing: CallListing;
  readonly laneName: string;
  readonly lanes: LaneStore;
  readonly budget: Budget;
  /** About how many messages the lane's queue holds; undefined if SQS does not tell. */
  readonly queueDepth: () => Promise<number | undefined>;
}

export interface ListingQuery {
  /** Only operations of this call: what the ids of its operations begin with, up to the hyphen. */
  readonly call?: string;
  readonly filter: ListingFilter;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page, as it is before anybody is answered. */
interface ReadPage extends OperationsPage {
  readonly unreadable: readonly OperationId[];
}

/** Reads operations, their results, and what they wait for. */
export class OperationReader {
  readonly #services: OperationReaderServices;

  constructor(services: OperationReaderServices) {
    this.#services = services;
  }

  /** @returns undefined if there is no such operation */
  async one(id: string): Promise<OperationView | "unreadable" | undefined> {
    const { clock, lanes, budget } = this.#services;
    const parsed = operationIdSchema.safeParse(id);
    if (!parsed.success) return undefined;
    const [{ rows, pause }, { lane }] = await Promise.all([this.#rowsAndPause([parsed.data]), lanes.read()]);
    const row = rows.get(parsed.data);
    if (!isKept(row)) return undefined;
    if (row === "unreadable") return row;
    // A scheduled operation has no place in the order yet.
    const hasPlace = !isFinal(row.status) && row.parked?.reason !== "scheduled";
    const ahead = hasPlace ? await this.#aheadOf(row) : undefined;
    const view = viewOf(toSummaryOfRow(row), lane, budget, clock.now(), { pause, ahead });
    return { ...view, ...toldOf(row.operation.command) };
  }

  /** Nothing is ahead of a leaver that goes before its place. */
  async #aheadOf({ operation, early }: LedgerRow): Promise<number> {
    return early === true ? 0 : await aheadOf(operation, this.#services);
  }

  /** Lists operations from new to old; those of one call in the order submitted. */
  async list({ call, filter, limit, cursor }: ListingQuery): Promise<ReadPage> {
    const { clock, listing, callListing, lanes, budget } = this.#services;
    const [page, { lane }] = await Promise.all([
      call === undefined ? listing.page(filter, limit, cursor) : callListing.page(call, filter, limit, cursor),
      lanes.read(),
    ]);
    // The operations of a call come from their rows, and not from an index.
    const ofIndex = call === undefined ? page.operations.map(({ id }) => id) : [];
    const { summaries, unreadable, pause } = await this.#asTheyAre(page.operations, ofIndex);
    const now = clock.now();
    const operations = summaries
      .map((summary) => viewOf(summary, lane, budget, now, { pause }))
      .filter(({ waiting }) => filter.waiting === undefined || waiting?.reason === filter.waiting);
    return { ...page, operations, unreadable: [...page.unreadable, ...unreadable] };
  }

  /** An index tells neither what an operation waits for, nor who handed it in, canceled or superseded it: the rows do. */
  async #asTheyAre(listed: readonly OperationSummary[], ofIndex: readonly OperationId[]) {
    const { rows, pause } = await this.#rowsAndPause(ofIndex);
    // Of what has ended the index tells enough.
    const isLeftOut = ({ id, status }: OperationSummary) => rows.get(id) === "unreadable" && !isFinal(status);
    const unreadable = listed.filter(isLeftOut).map(({ id }) => id);
    const summaries = listed.flatMap((summary) => {
      const row = rows.get(summary.id);
      if (row === undefined || row === "unreadable") return isLeftOut(summary) ? [] : [summary];
      const { submittedBy } = row.operation;
      if (row.status === summary.status) return [toSummaryOfRow(row)];
      return [{ ...summary, ...(submittedBy === undefined ? {} : { submittedBy }) }];
    });
    return { summaries, unreadable, pause };
  }

  async #rowsAndPause(ids: readonly OperationId[]): Promise<{
    readonly rows: Rows;
    readonly pause: Pause | undefined;
  }> {
    const { ledger, laneName } = this.#services;
    const key = pauseKey(laneName);
    const { rows, items } = await ledger.readBeside(ids, [key]);
    return { rows, pause: toPause(items.get(key)) };
  }
}
