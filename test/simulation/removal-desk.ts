import { removalsDecidedSchema, removalsViewSchema } from "../../shared/api/removals.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Say } from "./trace.ts";

/** The function died, or could not reach the table: whether anything was done is unknown. */
const unknown = [500, 503];

/** Somebody who looks at removals above the limit, and releases or cancels them. */
export class RemovalDesk {
  readonly violations: string[] = [];
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #say: Say;
  /** How far the clock of an invocation may be off, in milliseconds. */
  readonly #skewMs: number;

  constructor(world: SimulatedWorld, dice: Dice, skewMs: number, say: Say) {
    this.#skewMs = skewMs;
    this.#world = world;
    this.#dice = dice;
    this.#say = say;
  }

  /** Decides about a set, if there is one. */
  async decide(): Promise<void> {
    const { api, clock } = this.#world;
    const shown = await api.removals();
    if (unknown.includes(shown.status)) return;
    const { hash, held } = removalsViewSchema.parse(shown.body);
    if (hash === undefined) return;
    const what = this.#dice.one(["release", "release", "cancel"] as const);
    await clock.sleep(this.#dice.between(0, 60) * 1000);
    const answer = await api.decideOnRemovals(what, { hash });
    this.#say(() => `${what} of ${held} removals: ${answer.status}`);
    if (answer.status === 200) removalsDecidedSchema.parse(answer.body);
    else if (!unknown.includes(answer.status)) this.violations.push(`${what} of a set was answered ${answer.status}`);
  }

  /** Ids of operations that may be canceled, because their set is. */
  async canceled(): Promise<Set<string>> {
    return new Set((await this.#held()).filter(({ kind }) => kind === "canceled").map(({ id }) => id));
  }

  /** What is held is not sent before its set is released, and not at all if it is canceled. */
  async violationsAtTheEnd(): Promise<string[]> {
    const { flow, ledger } = this.#world;
    return (await this.#held()).flatMap(({ id, since, at, kind }) => {
      const sentAt = flow.firstSentAfter(id, since);
      const limit = kind === "released" ? at - this.#skewMs : Number.POSITIVE_INFINITY;
      if (sentAt !== undefined && sentAt < limit) return [`${id} was held by the removal limit, and sent`];
      const { status } = ledger.row(id) ?? {};
      return kind === "canceled" && status !== "canceled" ? [`${id} was canceled with its set, and is ${status}`] : [];
    });
  }

  /** The operations of decided sets, by the messages of their newest generations. */
  async #held() {
    const { sets } = await new RemovalStore(this.#world.documents, "ledger", "default").read();
    const newest = new Map(this.#world.queue.arrivals.map((arrival) => [arrival.operation.id, arrival]));
    return [...newest].flatMap(([id, { operation, arrivedAt }]) => {
      const decision = sets.find((set) => set.id === operation.removalSet)?.decision;
      return decision === undefined ? [] : [{ id, since: arrivedAt, at: decision.at, kind: decision.kind }];
    });
  }
}
