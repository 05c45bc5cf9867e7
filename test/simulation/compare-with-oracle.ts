import type { Command } from "../../shared/umapi/command.ts";
import { differences } from "./differences.ts";
import type { LedgerWatch, SeenRow } from "./ledger-watch.ts";
import { cut, type Fate, Oracle } from "./oracle.ts";
import { Overtaking } from "./overtaking.ts";
import type { Ended } from "./promises.ts";
import type { Arrival } from "./queue-watch.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import { Unknowable } from "./unknowable.ts";

/** Compares the outcome of each operation, and the organisation, with the oracle's. */
export async function compareWithOracle(world: SimulatedWorld, { isFoul, credentials }: Ended): Promise<string[]> {
  const oracle = new Oracle(credentials);
  const violations: string[] = [];
  // Whatever an operation of unknown fate has touched is unknown, and so is whatever depends on it.
  const unknowable = new Unknowable();
  const overtaking = new Overtaking(world);
  for (const arrival of inOrderOfAcceptance(world.queue.arrivals)) {
    const { id, generation, command, testOnly } = arrival.operation;
    const real = world.ledger.final(id, generation);
    if (real === undefined) continue;
    violations.push(...overtaking.violations(arrival, real));
    if (testOnly) continue;
    const { error, progress } = real;
    const from = stepsDoneBefore(world.ledger, id, generation);
    const isUnclear = overtaking.isUnclear(arrival, real);
    if (real.status === "canceled" && !isUnclear && !progress.uncertain && progress.stepsDone === from) continue;
    const isRefused = error !== undefined && isFoul(error);
    const isUnknown =
      error?.certain === false ||
      (real.status === "canceled" && progress.uncertain) ||
      isUnclear ||
      (isRefused && !isTelling(command, error.step));
    const isLost = isUnknown || unknowable.touches(command);
    unknowable.link(command);
    if (isLost) {
      unknowable.add(command);
      continue;
    }
    const fate = await oracle.apply(overtaking.inOrder(command, real), {
      from,
      repeated: world.ledger.wasUncertain(id, generation),
      ...(isRefused ? { upTo: error.step ?? 0 } : {}),
      ...(real.status === "canceled" ? { partsOnly: progress.stepsDone } : {}),
    });
    if (real.status === "canceled" || real.status === "superseded") continue;
    const repeated = world.ledger.wasUncertain(id, generation);
    if (isRefused || agree(real, fate)) continue;
    if (overtaking.explains(arrival, real, fate)) unknowable.add(command);
    else if (!(repeated && converged(real, fate)))
      violations.push(
        `${id}#${generation} ${JSON.stringify(command)} ended ${told(real)}, and should have ended ${told(fate)}`,
      );
  }
  for (const what of ["users", "groups"] as const)
    violations.push(...differences(what, await world.sandbox(what), await oracle.show(what), unknowable.names));
  return violations;
}

/**
 * Calls in the order in which they were accepted, each call's operations as its caller gave them; retries in theirs, and
 * what was for a time to come in the order in which that came. Of calls at the same time no order is promised but the
 * queue's own, so that each then counts piece by piece.
 */
function inOrderOfAcceptance(arrivals: readonly Arrival[]): Arrival[] {
  const pieces: { call: string; arrivals: Arrival[] }[] = [];
  for (const arrival of arrivals) {
    const { id, generation, release } = arrival.operation;
    const call = generation === 0 && release === undefined ? id.slice(0, id.lastIndexOf("-")) : `${id}#${generation}`;
    const last = pieces.at(-1);
    if (last?.call === call) last.arrivals.push(arrival);
    else pieces.push({ call, arrivals: [arrival] });
  }
  return pieces.flatMap((piece) =>
    piece.arrivals.toSorted((one, other) => (one.operation.id < other.operation.id ? -1 : 1)),
  );
}

/** Whether the step says what stands: not if there is none, nor if it was sent in parts of which some may stand. */
function isTelling({ do: steps }: Command, step: number | undefined): boolean {
  const failed = step === undefined ? undefined : steps[step];
  return failed !== undefined && cut(failed).length === 1;
}

/** A retry goes on where the last try stopped. */
function stepsDoneBefore(ledger: LedgerWatch, id: string, generation: number): number {
  return generation === 0 ? 0 : (ledger.final(id, generation - 1)?.progress.stepsDone ?? 0);
}

function agree(real: SeenRow, fate: Fate): boolean {
  if (fate.kind === "succeeded") return real.status === "succeeded";
  return real.status === "failed" && real.error?.code === fate.code && real.error.step === fate.step;
}

/** What a repeat finds as it should be, Adobe tells by an error that the first send would have failed by. */
function converged(real: SeenRow, fate: Fate): boolean {
  const codes = ["error.user.nonexistent", "error.usergroup.not_found", "error.usergroup.user_list.invalid"];
  return real.status === "succeeded" && fate.kind === "failed" && codes.includes(fate.code);
}

function told(end: SeenRow | Fate): string {
  if ("kind" in end) return end.kind === "failed" ? `failed ${end.code} at ${end.step}` : end.kind;
  return end.error === undefined ? end.status : `${end.status} ${end.error.code} at ${end.error.step}`;
}
