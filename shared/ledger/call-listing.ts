import { operationIdsOf } from "../operation/ids.ts";
import { type Listed, rootKey, toSummaryOfRow, userKeys } from "./item.ts";
import type { Ledger, Rows } from "./ledger-dynamo.ts";
import { type ListingFilter, type ListingPage, pageOf } from "./listing-dynamo.ts";
import { isKept } from "./row.ts";

/** Rows read at first, which tell how many the call has; most calls are small. */
const firstChunk = 25;
/** Rows read at a time after that. */
const chunk = 100;

/** Lists the operations of one call, in the order submitted. Unlike the other listings it is always up to date. */
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
    const keys = user === undefined ? undefined : userKeys(user);
    const found: Listed[] = [];
    let ids = operationIdsOf(call).filter((id) => after === undefined || id > after);
    // One more than requested shows whether there is a next page.
    for (let count = firstChunk; ids.length > 0 && found.length <= limit; count = chunk) {
      const wanted = ids.slice(0, count);
      const rows = await this.#ledger.read(wanted);
      const last = operationIdsOf(call, sizeIn(rows)).at(-1);
      ids = ids.slice(count).filter((id) => last === undefined || id <= last);
      const listed = wanted.flatMap((id): Listed[] => {
        const row = rows.get(id);
        if (!isKept(row)) return [];
        return [{ id, order: id, ...(row === "unreadable" ? {} : { summary: toSummaryOfRow(row) }) }];
      });
      // Nobody knows whether an unreadable row would match, so it is always listed.
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

/** How many operations the call has, if one of its rows says so. */
function sizeIn(rows: Rows): number | undefined {
  for (const row of rows.values())
    if (row !== "unreadable" && row.operation.callSize !== undefined) return row.operation.callSize;
  return undefined;
}
