import { touchesOfAll } from "./conflicts.ts";
import { LatestConflict } from "./latest-conflict.ts";
import { type Slice, slices, type Work } from "./slices.ts";

/** The most commands that Adobe takes in one action request (UMAPI docs). */
export const maxCommandsPerRequest = 10;

/** The slices of one action request. No two of them conflict. */
export interface PlannedRequest {
  readonly testOnly: boolean;
  readonly slices: readonly Slice[];
}

/**
 * Packs the work into action requests, in the order in which they are to be sent.
 *
 * Each slice goes into the earliest request that has room and the same test mode and comes after everything that it
 * conflicts with. Work with a limit on the size of its requests (`most`) shares requests only with other work that has
 * one.
 */
export function plan(works: readonly Work[]): PlannedRequest[] {
  const packer = new Packer();
  for (const work of works) packer.add(work);
  return packer.requests;
}

/** A request that is being packed. `most`: the lowest limit that any of its slices sets on the number of slices. */
interface OpenRequest {
  readonly testOnly: boolean;
  readonly isLimited: boolean;
  most: number;
  readonly slices: Slice[];
}

class Packer {
  readonly requests: OpenRequest[] = [];
  readonly #placed = new LatestConflict();
  /** For each test mode, an index before which no request without a limit has room. */
  readonly #full = { real: 0, test: 0 };

  add(work: Work): void {
    const touches = touchesOfAll(work.operations.map(({ command }) => command));
    const most = Math.min(...work.operations.map(({ progress }) => progress.most ?? maxCommandsPerRequest));
    let earliest = this.#placed.before(touches) + 1;
    for (const slice of slices(work)) {
      const place = this.#place(slice, earliest, work.operations[0].testOnly, most);
      this.#placed.record(touches, place);
      earliest = place + 1;
    }
  }

  #place(slice: Slice, earliest: number, testOnly: boolean, most: number): number {
    const isLimited = most < maxCommandsPerRequest;
    const hasRoom = (request: OpenRequest | undefined) =>
      request?.testOnly === testOnly &&
      request.isLimited === isLimited &&
      request.slices.length < Math.min(request.most, most);
    for (let index = this.#firstToLookAt(earliest, testOnly, isLimited); index < this.requests.length; index++) {
      const request = this.requests[index];
      if (request === undefined || !hasRoom(request)) continue;
      request.slices.push(slice);
      request.most = Math.min(request.most, most);
      return index;
    }
    return this.requests.push({ testOnly, isLimited, most, slices: [slice] }) - 1;
  }

  /** Skips full requests, so that the time for packing grows with the number of works and not with its square. */
  #firstToLookAt(earliest: number, testOnly: boolean, isLimited: boolean): number {
    if (isLimited) return earliest;
    const mode = testOnly ? "test" : "real";
    const isFull = (request: OpenRequest | undefined) =>
      request?.testOnly !== testOnly || request.isLimited || request.slices.length >= maxCommandsPerRequest;
    while (this.#full[mode] < this.requests.length && isFull(this.requests[this.#full[mode]])) this.#full[mode]++;
    return Math.max(earliest, this.#full[mode]);
  }
}
