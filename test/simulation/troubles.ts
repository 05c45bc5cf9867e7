import type { Clock } from "../../shared/time/clock.ts";
import type { Life } from "./life.ts";

interface Failure {
  readonly at: number;
  /** The invocation that had to write it down. */
  readonly life: Life | undefined;
}

/** How long an answer takes until it is written down. */
const latencyMs = 500;

/** Counts what may be charged to each root: never a throttle, and an outage only if it is proven to be the root's own. */
export class Troubles {
  /** What the clocks of two invocations may differ by, in milliseconds. */
  skewMs = 0;
  readonly #clock: Clock;
  readonly #counts = new Map<string, number>();
  readonly #failures = new Map<string, Failure[]>();
  #lastSuccessAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How often one of these roots may have been charged. */
  of(roots: readonly string[]): number {
    return roots.reduce((sum, root) => sum + (this.#counts.get(root) ?? 0), 0);
  }

  /** Adobe has looked at each command of a request. */
  answered(): void {
    this.#lastSuccessAt = this.#clock.now();
  }

  /** Adobe has said that the command on this root failed, or not that it did not. */
  failed(root: string): void {
    this.#counts.set(root, (this.#counts.get(root) ?? 0) + 1);
  }

  /** A request got nothing that says what became of its commands. */
  failedWhole(roots: readonly string[], life: Life | undefined): void {
    const [root, ...others] = roots;
    if (root !== undefined && others.length === 0 && this.#isProvenOwn(root)) this.failed(root);
    for (const each of roots)
      this.#failures.set(each, [...(this.#failures.get(each) ?? []), { at: this.#clock.now(), life }]);
  }

  /** Other requests were answered since the root last failed. An invocation that died may not have written that down. */
  #isProvenOwn(root: string): boolean {
    const known = this.#failures.get(root)?.findLast(({ life }) => life?.isOver === false && !life.wasFailed);
    const first = this.#failures.get(root)?.[0];
    const since = (known ?? first)?.at;
    return since !== undefined && this.#lastSuccessAt > since - latencyMs - 2 * this.skewMs;
  }
}
