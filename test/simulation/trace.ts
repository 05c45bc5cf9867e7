/** Writes down what happens, in order. The line is made only if somebody reads it. */
export type Say = (line: () => string) => void;

export const silent: Say = () => undefined;

/** The lines of one simulation, with the seconds since its start. */
export class Trace {
  readonly lines: string[] = [];
  readonly #now: () => number;
  readonly #start: number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  readonly say: Say = (line) => {
    this.lines.push(`${((this.#now() - this.#start) / 1000).toFixed(3).padStart(10)}  ${line()}`);
  };
}
