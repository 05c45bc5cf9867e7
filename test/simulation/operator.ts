import * as z from "zod/mini";
import { operationSchema } from "./observations.ts";
import type { Dice } from "./seeded-random.ts";
import type { ApiAnswer } from "./simulated-api.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Say } from "./trace.ts";

const listSchema = z.object({ operations: z.array(z.object({ id: z.string() })) });
const callSchema = z.strictObject({ canceled: z.array(z.string()), notCanceled: z.array(z.string()) });

/** The function died, or could not reach the table: whether anything was done is unknown. */
const unknown = [500, 503];

/** An operator who cancels operations and calls, and pauses and resumes the lane, while work goes on. */
export class Operator {
  readonly violations: string[] = [];
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #say: Say;
  /** Operations of which a cancel was answered as done, or not answered. */
  readonly #mayBeCanceled = new Set<string>();

  /** Since when the lane may be paused, in milliseconds since the epoch. */
  #firstPausedAt = Number.POSITIVE_INFINITY;

  constructor(world: SimulatedWorld, dice: Dice, say: Say) {
    this.#world = world;
    this.#dice = dice;
    this.#say = say;
  }

  async act(): Promise<void> {
    await this.#dice.one([
      () => this.#cancelSome(),
      () => this.#cancelSome(),
      () => this.#cancelCall(),
      () => this.#pauseForAWhile(),
      () => this.letGoOn(),
    ])();
  }

  /** Ends a pause if there is one. */
  async letGoOn(): Promise<void> {
    const { clock, flow, wire } = this.#world;
    wire.pausedSince = undefined;
    await this.#insist("lane/resume");
    flow.stand(this.#firstPausedAt, clock.now());
    this.#firstPausedAt = Number.POSITIVE_INFINITY;
  }

  /**
   * Each canceled operation was canceled by a request that was answered with success, or whose answer was lost.
   *
   * @param others ids of operations that somebody else may have canceled
   */
  violationsAtTheEnd(others: ReadonlySet<string>): string[] {
    const { ledger } = this.#world;
    return ledger.ids
      .filter((id) => ledger.row(id)?.status === "canceled" && !this.#mayBeCanceled.has(id) && !others.has(id))
      .map((id) => `${id} is canceled, and every cancel of it was refused`);
  }

  async #cancelSome(): Promise<void> {
    for (const id of this.#dice.some(await this.#queuedIds(), 0.1)) await this.#cancel(id);
  }

  async #cancel(id: string): Promise<void> {
    const answer = await this.#world.api.operate(`operations/${id}/cancel`);
    this.#say(() => `cancel of ${id}: ${answer.status}`);
    if (unknown.includes(answer.status)) this.#mayBeCanceled.add(id);
    else if (answer.status === 200) {
      const operation = operationSchema.safeParse(answer.body);
      if (operation.data?.id !== id || operation.data.status !== "canceled")
        this.#unforeseen(`cancel of ${id}`, answer);
      this.#canceled(id);
    } else if (answer.status !== 409) this.#unforeseen(`cancel of ${id}`, answer);
  }

  async #cancelCall(): Promise<void> {
    const [first, ...others] = await this.#queuedIds();
    if (first === undefined) return;
    const call = callOf(this.#dice.one([first, ...others]));
    const answer = await this.#world.api.operate(`calls/${call}/cancel`);
    this.#say(() => `cancel of the call ${call}: ${answer.status} ${JSON.stringify(answer.body)}`);
    if (unknown.includes(answer.status)) {
      for (const id of this.#world.ledger.ids) if (callOf(id) === call) this.#mayBeCanceled.add(id);
      return;
    }
    const told = callSchema.safeParse(answer.body);
    if (answer.status !== 200 || !told.success) this.#unforeseen(`cancel of the call ${call}`, answer);
    for (const id of told.data?.canceled ?? []) this.#canceled(id);
  }

  /** It has ended for good: a canceled operation cannot be retried. */
  #canceled(id: string): void {
    this.#mayBeCanceled.add(id);
    this.#world.sends.canceled.add(id);
    if (this.#world.ledger.row(id)?.status !== "canceled") this.violations.push(`${id} is not canceled, as was said`);
  }

  async #pauseForAWhile(): Promise<void> {
    const { clock, wire } = this.#world;
    this.#firstPausedAt = Math.min(this.#firstPausedAt, clock.now());
    if (!(await this.#insist("lane/pause"))) return;
    wire.pausedSince = clock.now();
    await clock.sleep(this.#dice.between(10, 900) * 1000);
    await this.letGoOn();
  }

  async #insist(path: string): Promise<boolean> {
    for (let tries = 0; tries < 50; tries++) {
      const answer = await this.#world.api.operate(path);
      this.#say(() => `${path}: ${answer.status}`);
      if (answer.status === 200) return true;
      if (!unknown.includes(answer.status)) this.#unforeseen(path, answer);
      await this.#world.clock.sleep(this.#dice.between(1, 20) * 1000);
    }
    this.violations.push(`${path} was never answered`);
    return false;
  }

  async #queuedIds(): Promise<string[]> {
    const list = listSchema.safeParse((await this.#world.api.get("/v1/operations?status=queued&limit=200")).body);
    return list.success ? list.data.operations.map(({ id }) => id) : [];
  }

  #unforeseen(what: string, { status, body }: ApiAnswer): void {
    this.violations.push(`${what} was answered ${status}: ${JSON.stringify(body)}`);
  }
}

/** What the ids of a call's operations begin with. */
function callOf(id: string): string {
  return id.slice(0, id.indexOf("-"));
}
