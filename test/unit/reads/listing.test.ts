import { describe, expect, test } from "vitest";
import { listing } from "../../../shared/reads/listing.ts";
import type { Page } from "../../../shared/reads/page.ts";
import { ReadError } from "../../../shared/reads/read-error.ts";

/** Lists what `pageAt` has; fails where it asks for more than twenty pages. */
async function list(pageAt: (page: number) => Page<string>, from = 0) {
  const asked: number[] = [];
  const taken: string[] = [];
  const read = async (page: number) => {
    asked.push(page);
    if (asked.length > 20) throw new Error("it loops");
    return pageAt(page);
  };
  try {
    for await (const entry of listing(read, (entry) => entry, from)) taken.push(entry);
    return { asked, taken };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { asked, taken, failed: error.code, page: error.page };
  }
}

const three = [["a", "b"], ["c", "d"], ["e"]];
const whole = { asked: [0, 1, 2], taken: ["a", "b", "c", "d", "e"] };
/** Past the end comes the last page again. */
const pageOf = (page: number) => three[Math.min(page, 2)] ?? [];

describe("a listing ends", () => {
  test("with the last page", async () => {
    expect(await list((page) => ({ entries: pageOf(page), lastPage: page === 2 }))).toEqual(whole);
  });

  test("by the count of pages where the last is not marked", async () => {
    expect(await list((page) => ({ entries: pageOf(page), current: page, count: 3 }))).toEqual(whole);
  });

  test("with an earlier page than requested, which is Adobe's documented answer past the end", async () => {
    for (const lastPage of [{}, { lastPage: false }]) {
      const answer = (page: number) => ({ entries: pageOf(page), current: Math.min(page, 2), ...lastPage });
      expect(await list(answer)).toEqual({ ...whole, asked: [0, 1, 2, 3] });
    }
  });

  test("with a repeated page where nothing else tells", async () => {
    expect(await list((page) => ({ entries: pageOf(page) }))).toEqual({ ...whole, asked: [0, 1, 2, 3] });
  });

  test("with an empty page where nothing else tells", async () => {
    expect(await list((page) => ({ entries: three[page] ?? [] }))).toEqual({ ...whole, asked: [0, 1, 2, 3] });
  });

  test("at once in an empty organisation", async () => {
    expect(await list(() => ({ entries: [], lastPage: true }))).toEqual({ asked: [0], taken: [] });
    expect(await list(() => ({ entries: [] }))).toEqual({ asked: [0], taken: [] });
  });
});

describe("a listing that cannot go on fails", () => {
  test("when a page repeats and more are said to follow", async () => {
    const answer = (page: number) => ({ entries: pageOf(page), lastPage: false });
    expect(await list(answer)).toEqual({ ...whole, asked: [0, 1, 2, 3], failed: "page-repeated", page: 3 });
  });

  test.each([2, 3, 5, 7])(
    "when %i pages come over and over again, each with what the one before had not",
    async (circle) => {
      const answer = (page: number) => ({ entries: [`a${page % circle}`, `b${page % circle}`], lastPage: false });
      const { failed, taken, asked } = await list(answer);
      expect(failed).toBe("page-repeated");
      expect(new Set(taken).size).toBe(2 * circle);
      expect(asked.length).toBeLessThanOrEqual(3 * circle);
    },
  );

  test("when empty pages go on without a count", async () => {
    expect(await list(() => ({ entries: [], lastPage: false }))).toMatchObject({ failed: "page-repeated", page: 0 });
  });
});

test("empty pages of a filtered list are passed over as long as there are more by the count", async () => {
  const sparse = [[], ["a"], [], [], ["b"]];
  const answer = (page: number) => ({ entries: sparse[page] ?? [], lastPage: page === 4, current: page, count: 5 });
  expect(await list(answer)).toEqual({ asked: [0, 1, 2, 3, 4], taken: ["a", "b"] });
});

test("an entry that moves onto the next page during the listing comes once", async () => {
  const shifted = [["a", "b"], ["b", "c"], ["d"]];
  const answer = (page: number) => ({ entries: shifted[page] ?? [], lastPage: page === 2 });
  expect((await list(answer)).taken).toEqual(["a", "b", "c", "d"]);
});

test("an entry that is twice on one page comes once", async () => {
  expect((await list(() => ({ entries: ["a", "b", "a"], lastPage: true }))).taken).toEqual(["a", "b"]);
});

test("an entry that moves back from a page that no longer exists is not lost", async () => {
  const answer = (page: number) =>
    page < 2
      ? { entries: pageOf(page), lastPage: false, current: page }
      : { entries: ["d", "e"], lastPage: true, current: 1 };
  expect((await list(answer)).taken).toEqual(["a", "b", "c", "d", "e"]);
});

test("a listing may begin at a later page", async () => {
  const answer = (page: number) => ({ entries: pageOf(page), lastPage: page === 2 });
  expect(await list(answer, 1)).toEqual({ asked: [1, 2], taken: ["c", "d", "e"] });
});

test("a caller that stops reading causes no further request", async () => {
  const asked: number[] = [];
  const read = async (page: number): Promise<Page<string>> => {
    asked.push(page);
    return { entries: pageOf(page), lastPage: false };
  };
  for await (const entry of listing(read, (each) => each, 0)) if (entry === "c") break;
  expect(asked).toEqual([0, 1]);
});
