/** One number that a benchmark found. */
export interface Figure {
  /** What was varied: a column of the printed table. */
  readonly case: string;
  /** What was measured: a row of the printed table. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** What a benchmark found, and all that is needed to judge it. */
interface Findings {
  /** How the figures were got, and what each of them means where its name does not say. */
  readonly how: string;
  /** Sizes of what was run: operations, rounds, messages. */
  readonly counts: Readonly<Record<string, number>>;
  readonly figures: readonly Figure[];
  /** Promises that the run broke. @default - none */
  readonly broken?: readonly string[];
}

export interface Benchmark {
  readonly title: string;
  /** @throws if what it ran did not do its work, so that no figure stands for work that was not done */
  run(): Promise<Findings>;
}
