/** Times of one piece of work. Taken in turn with those of another, what else the machine does befalls both alike. */
export class Samples {
  readonly #warmUps: number;
  readonly #ms: number[] = [];

  /** @param warmUps how many of the first samples do not count, because V8 has yet to compile what they run */
  constructor(warmUps: number) {
    this.#warmUps = warmUps;
  }

  /** Does the work once and keeps how long it took. */
  time(work: () => unknown): void {
    const start = performance.now();
    work();
    this.#ms.push(performance.now() - start);
  }

  /** In milliseconds. @throws RangeError if nothing was timed beyond the warm-ups */
  get median(): number {
    const counted = this.#ms.slice(this.#warmUps).sort((one, other) => one - other);
    const median = counted[Math.floor(counted.length / 2)];
    if (median === undefined) throw new RangeError("nothing was timed beyond the warm-ups");
    return median;
  }
}
