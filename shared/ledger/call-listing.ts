import { operationIdsOf } from "../operation/ids.ts";
import { rootKey, toSummaryOfRow, userKeys } from "./item.ts";
import type { Ledger } from "./ledger.ts";
import type { ListingFilter, ListingPage } from "./listing.ts";

/** Rows read at a time. */
const chunk = 100;

/** Lists the operations of one call, in the order handed in. Unlike the other listings it lags behind nothing. */
export class CallListing {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * @param call what the ids of its operations begin with, up to the hyphen
   * @param limit operations on a page, from 1
   * @param after the cursor that the page before came with
   */
  async page(call: string, { status, user }: ListingFilter, limit: number, after?: string): Promise<ListingPage> {
    const ids = operationIdsOf(call).filter((id) => after === undefined || id > after);
    const keys = user === undefined ? undefined : userKeys(user);
    const found: ListingPage["operations"][number][] = [];
    // One more than asked for shows whether there is a next page.
    for (let from = 0; from < ids.length && found.length <= limit; from += chunk) {
      const wanted = ids.slice(from, from + chunk);
      const rows = await this.#ledger.read(wanted);
      const summaries = wanted.flatMap((id) => {
        const row = rows.get(id);
        return row === undefined ? [] : [toSummaryOfRow(row)];
      });
      found.push(
        ...summaries.filter(
          (each) =>
            (status === undefined || each.status === status) &&
            (keys === undefined || (each.user !== undefined && keys.includes(rootKey("user", each.user)))),
        ),
      );
    }
    const operations = found.slice(0, limit);
    const last = operations.at(-1);
    return found.length <= limit || last === undefined ? { operations } : { operations, cursor: last.id };
  }
}
