import { conflict, type Touches, touchesOfAll } from "./conflicts.ts";
import { LatestConflict } from "./latest-conflict.ts";
import { type Slice, slices, type Work } from "./slices.ts";

/** Commands that Adobe takes in one action request (UMAPI docs). */
export const maxCommandsPerRequest = 10;

/** What one action request is to hold. No two of its slices conflict. */
export interface PlannedRequest {
  readonly testOnly: boolean;
  readonly slices: readonly Slice[];
}

/**
 * Packs the work into action requests, in the order in which they are to be sent.
 *
 * Each slice goes into the earliest request that has room and the same test mode and comes after everything that it
 * conflicts with. Work that must travel alone, and what conflicts with it, comes after all else, the most-failed last.
 */
export function plan(works: readonly Work[]): PlannedRequest[] {
  const packer = new Packer();
  const waiting: Candidate[] = [];
  for (const candidate of works.map(toCandidate)) {
    if (candidate.alone || waiting.some((other) => conflict(other.touches, candidate.touches))) waiting.push(candidate);
    else packer.add(candidate);
  }
  while (waiting.length > 0) {
    const next = leastFailedReady(waiting);
    waiting.splice(waiting.indexOf(next), 1);
    packer.add(next);
  }
  return packer.requests;
}

interface Candidate {
  readonly work: Work;
  readonly touches: Touches;
  readonly alone: boolean;
  readonly faults: number;
}

function toCandidate(work: Work): Candidate {
  return {
    work,
    touches: touchesOfAll(work.operations.map(({ command }) => command)),
    alone: work.operations.some(({ progress }) => progress.alone),
    faults: Math.max(...work.operations.map(({ progress }) => progress.faults)),
  };
}

/** Of those that conflict with nobody before them: one that need not travel alone, else the one that failed least. */
function leastFailedReady(waiting: readonly Candidate[]): Candidate {
  const ready = waiting.filter(
    (candidate, index) => !waiting.slice(0, index).some((other) => conflict(other.touches, candidate.touches)),
  );
  const rank = ({ alone, faults }: Candidate) => (alone ? 1 + faults : 0);
  return ready.reduce((best, candidate) => (rank(candidate) < rank(best) ? candidate : best));
}

class Packer {
  readonly requests: { testOnly: boolean; slices: Slice[]; sealed: boolean }[] = [];
  readonly #placed = new LatestConflict();
  /** Per test mode, an index before which no request has room. */
  readonly #full = { real: 0, test: 0 };

  add({ work, touches, alone }: Candidate): void {
    let earliest = this.#placed.before(touches) + 1;
    for (const slice of slices(work)) {
      const place = this.#place(slice, earliest, work.operations[0].testOnly, alone);
      this.#placed.record(touches, place);
      earliest = place + 1;
    }
  }

  #place(slice: Slice, earliest: number, testOnly: boolean, alone: boolean): number {
    const mode = testOnly ? "test" : "real";
    const hasRoom = (index: number) => {
      const request = this.requests[index];
      return request?.testOnly === testOnly && !request.sealed && request.slices.length < maxCommandsPerRequest;
    };
    if (!alone) {
      while (this.#full[mode] < this.requests.length && !hasRoom(this.#full[mode])) this.#full[mode]++;
      for (let index = Math.max(earliest, this.#full[mode]); index < this.requests.length; index++) {
        if (!hasRoom(index)) continue;
        this.requests[index]?.slices.push(slice);
        return index;
      }
    }
    return this.requests.push({ testOnly, slices: [slice], sealed: alone }) - 1;
  }
}
