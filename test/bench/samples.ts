/** Times of one piece of work. Taken in turn with those of another, what else the machine does befalls both alike. */
export class Samples {
  readonly #ms: number[] = [];

  /** Does the work once and keeps how long it took. */
  time(work: () => unknown): void {
    const start = performance.now();
    work();
    this.#ms.push(performance.now() - start);
  }

  /** In milliseconds. @throws RangeError if nothing was timed */
  get median(): number {
    const median = this.#ms.toSorted((one, other) => one - other).at(Math.floor(this.#ms.length / 2));
    if (median === undefined) throw new RangeError("nothing was timed");
    return median;
  }
}
