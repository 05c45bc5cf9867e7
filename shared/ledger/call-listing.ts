import { operationIdsOf } from "../operation/ids.ts";
import { type Listed, rootKey, toSummaryOfRow, userKeys } from "./item.ts";
import type { Ledger } from "./ledger.ts";
import { type ListingFilter, type ListingPage, pageOf } from "./listing.ts";

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
    const found: Listed[] = [];
    // One more than asked for shows whether there is a next page.
    for (let from = 0; from < ids.length && found.length <= limit; from += chunk) {
      const wanted = ids.slice(from, from + chunk);
      const rows = await this.#ledger.read(wanted);
      const listed = wanted.flatMap((id): Listed[] => {
        const row = rows.get(id);
        if (row === undefined) return [];
        return [{ id, order: id, ...(row === "unreadable" ? {} : { summary: toSummaryOfRow(row) }) }];
      });
      // Of what cannot be read, nobody knows whether it is asked for.
      found.push(
        ...listed.filter(
          ({ summary }) =>
            summary === undefined ||
            ((status === undefined || summary.status === status) &&
              (keys === undefined || (summary.user !== undefined && keys.includes(rootKey("user", summary.user))))),
        ),
      );
    }
    return pageOf(found.slice(0, limit), found.length > limit);
  }
}
