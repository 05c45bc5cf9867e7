import type { Operation } from "../operation/operation.ts";
import type { Clock } from "../time/clock.ts";
import { removesPeople } from "../umapi/steps/look-up.ts";
import type { RemovalLimit } from "./removal-limit.ts";
import { type Admitted, admit } from "./removals.ts";
import type { RemovalStore } from "./removals-dynamo.ts";

export interface RemovalCounterServices {
  readonly clock: Clock;
  readonly store: RemovalStore;
  readonly limit: RemovalLimit | "none";
}

/** Counts removals as they are accepted, through whatever door, and marks those above the limit. */
export class RemovalCounter {
  readonly #services: RemovalCounterServices;

  constructor(services: RemovalCounterServices) {
    this.#services = services;
  }

  /** @param occasion what the operations come with: a repeat of it counts nothing */
  async count(operations: readonly Operation[], occasion: string): Promise<Admitted> {
    const { clock, store, limit } = this.#services;
    const removals = operations.filter(isRemoval);
    const [first] = removals;
    if (limit === "none" || first === undefined) return { passed: removals.length };
    const { submittedBy } = first;
    const asked = {
      occasion,
      count: removals.length,
      ...(submittedBy === undefined ? {} : { submittedBy }),
    };
    const { removals: _, ...admitted } = await store.update((state) => admit(state, limit, asked, clock.now()));
    return admitted;
  }

  /** The operation, which is counted and perhaps held: what is tried again, or due on its day, counts anew. */
  async mark(operation: Operation): Promise<Operation> {
    const { id, generation, release = 0 } = operation;
    const [first = operation] = marked([operation], await this.count([operation], `${id}#${generation}.${release}`));
    return first;
  }
}

/** What goes where nothing is above the limit. */
export const allPassed: Admitted = { passed: Number.POSITIVE_INFINITY };

/** The operations, with the set on those removals that it holds. */
export function marked(operations: readonly Operation[], { passed, set }: Admitted): Operation[] {
  let removals = 0;
  return operations.map((operation) => {
    const { removalSet: _, ...plain } = operation;
    if (set === undefined || !isRemoval(operation)) return plain;
    removals++;
    return removals > passed ? { ...plain, removalSet: set } : plain;
  });
}

function isRemoval({ command, testOnly }: Operation): boolean {
  return !testOnly && removesPeople(command);
}
