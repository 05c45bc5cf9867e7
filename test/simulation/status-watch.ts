import { operationSchema, type SeenOperation } from "./observations.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

interface Sight {
  readonly seen: SeenOperation;
  readonly generation: number;
}

/** Asks the API about operations while work goes on, and compares each answer with the ledger and with earlier answers. */
export class StatusWatch {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #skewMs: number;
  readonly #last = new Map<string, Sight>();
  readonly violations: string[] = [];

  /** @param skewMs how far the clock of an invocation may be off */
  constructor(world: SimulatedWorld, dice: Dice, skewMs: number) {
    this.#world = world;
    this.#dice = dice;
    this.#skewMs = skewMs;
  }

  /** Looks at a few of the operations that SQS has accepted. */
  async lookAround(): Promise<void> {
    const ids = [...this.#world.queue.queued.keys()];
    for (let look = 0; look < 5 && ids.length > 0; look++) await this.#look(ids[this.#dice.between(0, ids.length - 1)]);
  }

  async #look(id = ""): Promise<void> {
    const { clock, ledger, queue } = this.#world;
    // The message of a retry may be queued long before the row is written.
    const generation = () => ledger.row(id)?.operation.generation ?? queue.generationOf(id);
    const before = { row: ledger.row(id), generation: generation(), at: clock.now() };
    const answer = await this.#world.api.get(`/v1/operations/${id}`);
    const after = { row: ledger.row(id), generation: generation() };
    // The function died or could not read the table.
    if (answer.status === 500) return;
    if (answer.status === 404) {
      if (before.row !== undefined) this.#violated(id, "is in the ledger, and the API does not know it");
      return;
    }
    const parsed = operationSchema.safeParse(answer.body);
    if (answer.status !== 200 || !parsed.success) {
      this.#violated(id, `was shown as ${answer.status} ${JSON.stringify(answer.body)}`);
      return;
    }
    const seen = parsed.data;
    // It was retried while the answer was on its way.
    if (before.generation !== after.generation) return;
    const statuses = [before.row?.status ?? "queued", after.row?.status];
    if (!statuses.includes(seen.status)) this.#violated(id, `is ${statuses[1]}, and was shown as ${seen.status}`);
    this.#inItself(id, seen, before.at);
    const last = this.#last.get(id);
    if (last !== undefined && last.generation === after.generation) this.#compare(id, last.seen, seen);
    this.#last.set(id, { seen, generation: after.generation });
  }

  #inItself(id: string, { status, waiting, error }: SeenOperation, asked: number): void {
    if (waiting?.until !== undefined && Date.parse(waiting.until) <= asked - this.#skewMs)
      this.#violated(id, `was shown as waiting until ${waiting.until}, which was over`);
    if (waiting !== undefined && !this.#hasCause(waiting.reason))
      this.#violated(id, `was shown as waiting for "${waiting.reason}", of which there has been none`);
    const { expectedAt, until } = waiting ?? {};
    if (expectedAt !== undefined && (until === undefined || Date.parse(expectedAt) < Date.parse(until)))
      this.#violated(id, `was expected at ${expectedAt}, before the next try at ${until}`);
    if ((waiting?.ahead ?? 0) >= this.#world.ledger.ids.length)
      this.#violated(id, `was shown behind ${waiting?.ahead} operations, and there have not been so many`);
    if (waiting !== undefined && status !== "queued") this.#violated(id, `was shown as ${status} and waiting`);
    if ((error !== undefined) !== (status === "failed"))
      this.#violated(id, `was shown as ${status}, ${error === undefined ? "without" : "with"} an error`);
  }

  #hasCause(reason: string): boolean {
    const { causes } = this.#world.wire;
    return (reason !== "throttled" && reason !== "credentials-refused") || causes.has(reason);
  }

  #compare(id: string, last: SeenOperation, now: SeenOperation): void {
    if (last.status !== "queued" && last.status !== now.status)
      this.#violated(id, `was shown as ${last.status}, and then as ${now.status} without a retry`);
    if (now.attempts < last.attempts)
      this.#violated(id, `was shown with ${last.attempts} attempts, then ${now.attempts}`);
  }

  #violated(id: string, what: string): void {
    this.violations.push(`${id} ${what}`);
  }
}
