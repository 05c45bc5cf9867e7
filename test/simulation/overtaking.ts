import type { Command } from "../../shared/umapi/command.ts";
import { isRename, namesIn } from "../support/naive-rules.ts";
import { type Departure, departures, isLeaver, listedUsers, repeatsOf, rootKey } from "./departures.ts";
import type { SeenRow } from "./ledger-watch.ts";
import type { Fate } from "./oracle.ts";
import type { Arrival } from "./queue-watch.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/**
 * What it means for the accepted order that leavers go first. All that they change is told here, and everything else must
 * be as if they had gone in their turn.
 */
export class Overtaking {
  readonly #world: SimulatedWorld;
  readonly #departures: readonly Departure[];

  constructor(world: SimulatedWorld) {
    this.#world = world;
    this.#departures = departures(world);
  }

  /** Only work whose user has left since is superseded, and such work does not end in another way. */
  violations({ operation, ...arrival }: Arrival, real: SeenRow): string[] {
    const { id, generation, command, testOnly } = operation;
    const name = `${id}#${generation} ${JSON.stringify(command)}`;
    const gone = this.#aheadOf({ operation, ...arrival });
    const onRoot = gone.filter(({ root }) => root === rootKey(command));
    if (real.status === "superseded") {
      const by = gone.find((departure) => departure.id === real.supersededBy);
      if (testOnly) return [`${name} was superseded, and was only a test`];
      if (by === undefined) return [`${name} was superseded by ${real.supersededBy}, which did not get ahead of it`];
      return onRoot.includes(by) || isForNobodyElse(command, gone) || isRenamedTo(command, by, real)
        ? []
        : [`${name} was superseded by ${by.id}, and is not about ${by.name} alone`];
    }
    const endedAt = this.#world.ledger.endedAt(id, generation) ?? 0;
    const first = onRoot.find((departure) => departure.endedAt < endedAt);
    // What may have been applied was perhaps done before, and was written down late.
    if (testOnly || first === undefined || real.status === "canceled" || real.progress.uncertain) return [];
    return [`${name} ended as ${real.status} after ${first.id}, which was accepted later, had removed its user`];
  }

  /** Whether what became of the operation cannot be known. */
  isUnclear(arrival: Arrival, real: SeenRow): boolean {
    const { operation } = arrival;
    const { id, generation, command } = operation;
    // It may have given its user another name before the user left by the old one.
    if (real.status === "superseded" && renames(command)) return this.#world.ledger.wasUncertain(id, generation);
    // What Adobe refuses it may have done all the same.
    if (real.status !== "succeeded" && this.#world.ledger.refusedAt(id, generation) !== undefined) return true;
    if (this.#isDoubtful(arrival)) return true;
    return isLeaver(operation) && this.#isStayed(id);
  }

  /**
   * What the accepted order makes of the operation. The one deviation: a leaver that gets ahead of its user's rename
   * removes who has the name then, so that whom the rename would have kept is out.
   */
  inOrder(command: Command, real: SeenRow): Command {
    // A rename that was sent before the rest of its operation stands.
    if (real.status !== "superseded" || !renames(command) || real.progress.stepsDone > 0) return command;
    return { ...command, do: [{ removeFromOrg: {} }] };
  }

  /** Whether the operation ended otherwise than in the accepted order because somebody whom it names had left. */
  explains(arrival: Arrival, real: SeenRow, fate: Fate): boolean {
    const names = new Set(namesIn(arrival.operation.command).map(({ name }) => name));
    if (this.#refused(arrival).some(({ name }) => names.has(`u ${name}`))) return true;
    if (!this.#aheadOf(arrival).some(({ name }) => names.has(`u ${name}`))) return false;
    // It would have met who had left; or without them its list changed nothing, which Adobe refuses.
    return fate.kind === "failed" || real.error?.code === "error.usergroup.user_list.invalid";
  }

  /** Whether a repeat of the leaver has not removed who got the name, because it failed or somebody canceled it. */
  #isStayed(id: string): boolean {
    const isOut = ({ status }: SeenRow) => status === "succeeded" || status === "superseded";
    return !repeatsOf(this.#world, id).every(isOut);
  }

  /** Whether a later leaver may have removed somebody whom the operation names, and did not end as if it had. */
  #isDoubtful({ operation: { command }, place }: Arrival): boolean {
    const { ledger, queue } = this.#world;
    const names = new Set(namesIn(command).map(({ name }) => name));
    return queue.arrivals.some(({ operation, ...later }) => {
      const real = ledger.final(operation.id, operation.generation);
      const isInDoubt = real?.progress.uncertain && ["canceled", "failed"].includes(real.status);
      if (
        later.place <= place ||
        !(isInDoubt || this.#isStayed(operation.id)) ||
        !isLeaver(operation) ||
        !("user" in operation.command)
      )
        return false;
      return names.has(`u ${operation.command.user.toLowerCase()}`);
    });
  }

  /** Those whose later leavers Adobe refused before this operation had ended. */
  #refused({ operation: { id, generation }, place }: Arrival) {
    const { ledger, queue } = this.#world;
    const endedAt = ledger.endedAt(id, generation) ?? Number.NEGATIVE_INFINITY;
    return queue.arrivals.flatMap((later) => {
      const { operation } = later;
      const refusedAt = ledger.refusedAt(operation.id, operation.generation) ?? Number.POSITIVE_INFINITY;
      if (later.place <= place || refusedAt > endedAt || !("user" in operation.command)) return [];
      return [{ name: operation.command.user.toLowerCase() }];
    });
  }

  /** Those who left by later operations before this one had ended. */
  #aheadOf({ operation: { id, generation }, place }: Arrival): Departure[] {
    const endedAt = this.#world.ledger.endedAt(id, generation) ?? Number.NEGATIVE_INFINITY;
    return this.#departures.filter((departure) => departure.place > place && departure.endedAt <= endedAt);
  }
}

function renames(command: Command): command is Extract<Command, { readonly user: string }> {
  return "user" in command && command.do.some(isRename);
}

/** Whether the rest of the operation, once it has renamed its user, was about whom the leaver has removed. */
function isRenamedTo(command: Command, { name }: Departure, { progress }: SeenRow): boolean {
  return progress.stepsDone > 0 && renames(command) && namesIn(command).some((each) => each.name === `u ${name}`);
}

/** Whether all that a group's command does is to list people who have left. */
function isForNobodyElse(command: Command, gone: readonly Departure[]): boolean {
  const isList = command.do.every((step) => "add" in step || "remove" in step);
  const listed = listedUsers(command);
  return isList && listed.length > 0 && listed.every((user) => gone.some(({ name }) => name === user));
}
