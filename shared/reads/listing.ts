import type { Page } from "./page.ts";
import { ReadError } from "./read-error.ts";

/** Reads one page. `pages`: how many there are by the headers of the page before, where they told. */
export type ReadPage<Entry> = (page: number, pages: number | undefined) => Promise<Page<Entry>>;

/**
 * Every entry from page `from` on. A page is asked for when every entry of the one before has been taken, so that one
 * page is held at a time. What slides from one page onto the next while it is read comes once.
 *
 * Pages that go round in a circle are found out however long it is, with the keys of no more than two pages in memory:
 * each page is compared with the one before and with one further back, which is left behind at twice the distance each
 * time (Brent, "An improved Monte Carlo factorization algorithm", 1980).
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
 * What follows the page that came for `asked`.
 *
 * @param isNew whether it held anything that the pages it was compared with did not
 * @returns `stuck` where Adobe says that there is more, and gives nothing new
 */
function afterPage(page: Page<unknown>, asked: number, isNew: boolean): "next" | "end" | "stuck" {
  const { entries, lastPage, current, count } = page;
  // UMAPI docs: past the end of the users comes the last page.
  if (current !== undefined && current < asked) return "end";
  const isMoreByCount = count === undefined ? undefined : asked + 1 < count;
  const isMore = lastPage === undefined ? isMoreByCount : !lastPage;
  if (isMore === false) return "end";
  if (isNew) return "next";
  if (isMore === undefined) return "end";
  // A page of a filtered list may be empty; the count of pages keeps the listing finite.
  return entries.length === 0 && isMoreByCount === true ? "next" : "stuck";
}
