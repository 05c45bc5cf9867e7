import type { ProblemMembers } from "../api/problem.ts";
import { maxListedFaults } from "../operation/limits.ts";
import type { Fault } from "../umapi/fault.ts";

/** The faults of one request: the first ones, and the number of the others. A hostile body can have half a million. */
export class FaultList {
  readonly #listed: Fault[] = [];
  #more = 0;

  add(faults: readonly Fault[]): void {
    const room = maxListedFaults - this.#listed.length;
    this.#listed.push(...faults.slice(0, room));
    this.#more += Math.max(0, faults.length - room);
  }

  get count(): number {
    return this.#listed.length + this.#more;
  }

  get members(): ProblemMembers {
    return { errors: this.#listed, ...(this.#more > 0 && { moreErrors: this.#more }) };
  }
}
