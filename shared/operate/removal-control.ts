import type { RemovalsView } from "../api/removals.ts";
import type { BellQueue } from "../queue/bell-queue-sqs.ts";
import type { RemovalLimit } from "../removals/removal-limit.ts";
import { close, countedAt, type Decision, decide, hashOf, type Removals, undecided } from "../removals/removals.ts";
import type { RemovalStore } from "../removals/removals-dynamo.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";

export type RemovalControlEvent =
  | { readonly kind: "removals released"; readonly operations: number }
  | { readonly kind: "removals canceled"; readonly operations: number };

export interface RemovalControlServices {
  readonly clock: Clock;
  readonly laneName: string;
  readonly limit: RemovalLimit | "none";
  readonly store: RemovalStore;
  readonly waitingRoom: WaitingRoom;
  readonly bells: BellQueue;
  readonly report: (event: RemovalControlEvent) => void;
}

/** Shows the removals that are held, and releases or cancels them. */
export class RemovalControl {
  readonly #services: RemovalControlServices;

  constructor(services: RemovalControlServices) {
    this.#services = services;
  }

  /** The set that is to be decided next. It is closed, so that its hash names what was shown. */
  async show(): Promise<RemovalsView> {
    const { clock, laneName, limit, store } = this.#services;
    const now = clock.now();
    const removals = (await store.update((state) => closed(state, now)))?.removals ?? (await store.read());
    const set = undecided(removals);
    return {
      limit: limit === "none" ? null : { operations: limit.operations, seconds: limit.windowSeconds },
      counted: limit === "none" ? 0 : countedAt(removals, limit, now),
      held: set?.held ?? 0,
      ...(set === undefined ? {} : { hash: hashOf(laneName, set) }),
      bySubmitter: set?.bySubmitter ?? {},
    };
  }

  /**
   * Releases or cancels the set that was shown. The decision binds at once; its operations follow.
   *
   * @param by the caller who decides
   * @returns how many operations the set holds; undefined if the hash names another set
   */
  async decide(kind: Decision["kind"], hash: string, by: string | undefined): Promise<number | undefined> {
    const { clock, laneName, store, waitingRoom, bells, report } = this.#services;
    const now = clock.now();
    const decision: Decision = { kind, at: now, ...(by === undefined ? {} : { by }) };
    const decided = await store.update((removals) => decide(removals, laneName, hash, decision));
    if (decided === undefined) return undefined;
    const { id, held } = decided.set;
    await waitingRoom.letGo(`removals#${id}`);
    await bells.ring(`removals#${id}`);
    report({ kind: kind === "released" ? "removals released" : "removals canceled", operations: held });
    return held;
  }
}

/** @returns undefined if there is nothing to close */
function closed(removals: Removals, now: number): { readonly removals: Removals } | undefined {
  const set = undecided(removals);
  return set === undefined || set.closedAt !== undefined ? undefined : { removals: close(removals, set.id, now) };
}
