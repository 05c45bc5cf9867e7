import type { Page } from "./page.ts";
import { ReadError } from "./read-error.ts";

/** Reads one page. `pages`: how many pages there are, if the headers of the page before told it. */
export type ReadPage<Entry> = (page: number, pages: number | undefined) => Promise<Page<Entry>>;

/**
 * Gives every entry from page `from` on. It asks for a page once every entry of the one before has been taken, so that
 * it holds one page at a time. An entry that moves from one page to the next in the meantime comes once.
 *
 * It detects pages that repeat in a cycle of any length, with the keys of at most two pages in memory. Each page is
 * compared with the one before and with one further back, whose distance doubles each time (Brent, "An improved Monte
 * Carlo factorization algorithm", 1980).
 *
 * @param keyOf equal for equal entries
 * @throws ReadError
 */
export async function* listing<Entry>(
  readPage: ReadPage<Entry>,
  keyOf: (entry: Entry) => string,
  from: number,
): AsyncGenerator<Entry, void, undefined> {
  let before: ReadonlySet<string> = new Set();
  let furtherBack: ReadonlySet<string> = before;
  let distance = 1;
  let pages: number | undefined;
  for (let number = from; ; number++) {
    const page = await readPage(number, pages);
    pages = page.count;
    const keys = new Set<string>();
    let isNew = false;
    for (const entry of page.entries) {
      const key = keyOf(entry);
      if (!before.has(key) && !furtherBack.has(key) && !keys.has(key)) {
        isNew = true;
        yield entry;
      }
      keys.add(key);
    }
    const next = afterPage(page, number, isNew);
    if (next === "end") return;
    if (next === "stuck") throw new ReadError({ code: "page-repeated" }, { page: number });
    before = keys;
    if (number - from + 1 === distance) {
      furtherBack = keys;
      distance *= 2;
    }
  }
}

/**
 * Says what follows the page that was the answer to page `asked`.
 *
 * @param isNew whether it held an entry that the compared pages did not
 * @returns `stuck` if Adobe says that there are more pages but gives nothing new
 */
function afterPage(page: Page<unknown>, asked: number, isNew: boolean): "next" | "end" | "stuck" {
  const { entries, lastPage, current, count } = page;
  // UMAPI docs: a page past the end of the users is answered with the last page.
  if (current !== undefined && current < asked) return "end";
  const isMoreByCount = count === undefined ? undefined : asked + 1 < count;
  const isMore = lastPage === undefined ? isMoreByCount : !lastPage;
  if (isMore === false) return "end";
  if (isNew) return "next";
  if (isMore === undefined) return "end";
  // A page of a filtered list may be empty; the count of pages keeps the listing finite.
  return entries.length === 0 && isMoreByCount === true ? "next" : "stuck";
}
