import { conflict, type Touches, touchesOfAll } from "../planning/conflicts.ts";
import type { Work } from "../planning/slices.ts";

export interface Held {
  /** What may be sent now, in order. */
  readonly sendable: readonly Work[];
  /** When the first of what is held may be sent, in milliseconds since the epoch; undefined if nothing is held. */
  readonly earliest: number | undefined;
}

/**
 * Takes out of the work, given in order, what may not be sent yet, and everything later that conflicts with it.
 *
 * @param notBefore until when a piece of work must wait, in milliseconds since the epoch; undefined if it need not
 */
export function hold(works: readonly Work[], notBefore: (work: Work) => number | undefined, now: number): Held {
  const held: Touches[] = [];
  let earliest: number | undefined;
  const sendable = works.filter((work) => {
    const touched = touchesOfAll(work.operations.map(({ command }) => command));
    const until = notBefore(work);
    const waits = until !== undefined && until > now;
    if (waits) earliest = Math.min(until, earliest ?? until);
    if (!waits && !held.some((other) => conflict(other, touched))) return true;
    held.push(touched);
    return false;
  });
  return { sendable, earliest };
}
