import type { Columns } from "./columns.ts";

/** The most different values that are counted of a column, and the most that are shown. */
const mostCounted = 1000;
const mostTold = 3;

/** What a column says about people who leave. */
export interface Sign {
  readonly heading: string;
  /** How many lines have a value in it. */
  readonly lines: number;
  /** Its most frequent values, and how often each stands there. */
  readonly values: readonly (readonly [value: string, count: number])[];
}

/** Counts what the columns of a file say about people who leave. */
export class LeavingTally {
  readonly #columns: readonly {
    heading: string;
    place: number;
    isSign: (value: string) => boolean;
    counts: Map<string, number>;
    lines: number;
  }[];
  /** How many lines the file has. */
  lines = 0;
  /** How many lines have no sign of leaving. */
  withoutSign = 0;
  /** How many lines have a sign of leaving, and no action. */
  unclear = 0;

  constructor({ all }: Columns) {
    this.#columns = all.flatMap(({ name, isSign }, place) =>
      isSign === undefined ? [] : [{ heading: name, place, isSign, counts: new Map(), lines: 0 }],
    );
  }

  /** @param isSaid whether this line has an action */
  count(cells: readonly string[], isSaid: boolean): void {
    this.lines++;
    const telling = this.#columns.filter(({ place, isSign }) => isSign(cells[place] ?? ""));
    if (telling.length === 0) this.withoutSign++;
    else if (!isSaid) this.unclear++;
    for (const column of telling) {
      const value = cells[column.place] ?? "";
      column.lines++;
      const count = column.counts.get(value) ?? 0;
      if (count > 0 || column.counts.size < mostCounted) column.counts.set(value, count + 1);
    }
  }

  /** The columns that have a sign of leaving. */
  get signs(): Sign[] {
    return this.#columns
      .filter(({ lines }) => lines > 0)
      .map(({ heading, lines, counts }) => ({
        heading,
        lines,
        values: [...counts].toSorted(([, one], [, other]) => other - one).slice(0, mostTold),
      }));
  }
}
