import type { Page } from "./page.ts";
import { ReadError } from "./read-error.ts";

/** Reads one page. `pages`: how many there are by the headers of the page before, where they told. */
export type ReadPage<Entry> = (page: number, pages: number | undefined) => Promise<Page<Entry>>;

/**
 * Every entry from page `from` on. A page is asked for when every entry of the one before has been taken, so that one
 * page is held at a time. What slides from one page onto the next while it is read comes once.
 *
 * @param keyOf equal for equal entries
 * @throws ReadError
 */
export async function* listing<Entry>(
  readPage: ReadPage<Entry>,
  keyOf: (entry: Entry) => string,
  from: number,
): AsyncGenerator<Entry, void, undefined> {
  let seen: ReadonlySet<string> = new Set();
  let pages: number | undefined;
  for (let number = from; ; number++) {
    const page = await readPage(number, pages);
    pages = page.count;
    const keys = new Set<string>();
    let isNew = false;
    for (const entry of page.entries) {
      const key = keyOf(entry);
      if (!seen.has(key) && !keys.has(key)) {
        isNew = true;
        yield entry;
      }
      keys.add(key);
    }
    seen = keys;
    const next = afterPage(page, number, isNew);
    if (next === "end") return;
    if (next === "stuck") throw new ReadError({ code: "page-repeated" }, { page: number });
  }
}

/**
 * What follows the page that came for `asked`.
 *
 * @param isNew whether it held anything that the page before did not
 * @returns `stuck` where Adobe says that there is more, and gives nothing new
 */
export function afterPage(page: Page<unknown>, asked: number, isNew: boolean): "next" | "end" | "stuck" {
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
