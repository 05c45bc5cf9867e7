import { acceptedSchema, operationsPageSchema } from "../../shared/api/operation.ts";
import { problemSchema } from "../../shared/api/problem.ts";
import type { Command } from "../../shared/umapi/command.ts";
import type { Dice } from "./seeded-random.ts";
import type { ApiAnswer } from "./simulated-api.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Say } from "./trace.ts";

/** The answers other than success that a caller may get while services fail. */
const transient = [409, 500, 503];

/** In rough seeds most tries of a large call die. */
const mostTries = 200;

/**
 * One caller's calls. With a key it repeats a call until it is accepted; without one it calls once. It also retries
 * failed operations.
 */
export class Client {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #name: string;
  readonly #say: Say;
  #calls = 0;
  readonly violations: string[] = [];
  /** Ids that the API has promised. */
  readonly promised = new Set<string>();

  constructor(world: SimulatedWorld, dice: Dice, name: string, say: Say) {
    this.#world = world;
    this.#dice = dice;
    this.#name = name;
    this.#say = say;
  }

  async handIn(commands: readonly Command[], testOnly: boolean): Promise<void> {
    const call = `${this.#name} call ${this.#calls++}`;
    this.#say(() => `${call}: hands in ${commands.length} commands${testOnly ? " as a test" : ""}`);
    const body = { commands: this.#scheduled(commands), query: testOnly ? "?testOnly=true" : "" };
    if (this.#dice.chance(0.2)) await this.#hope(call, body);
    else await this.#insist(call, body);
  }

  /** Some calls have operations with a future or a past `notBefore`. */
  #scheduled(commands: readonly Command[]): HandedIn[] {
    const dice = this.#dice;
    if (!dice.chance(0.25)) return [...commands];
    const now = this.#world.clock.now();
    return commands.map((command) => {
      if (dice.chance(0.6)) return command;
      return { ...command, notBefore: new Date(now + dice.between(-600, 1800) * 1000).toISOString() };
    });
  }

  /** Retries some of the operations that have failed. */
  async retrySome(probability: number): Promise<void> {
    const seen = operationsPageSchema.safeParse(
      (await this.#world.api.get("/v1/operations?status=failed&limit=200")).body,
    );
    const failed = seen.success ? seen.data.operations.filter(({ id }) => this.promised.has(id)) : [];
    for (const { id } of this.#dice.some(failed, probability)) {
      const answer = await this.#world.api.retry(id, this.#dice.chance(0.7) ? "?confirm=true" : "");
      this.#say(() => `${this.#name} retries ${id}: ${answer.status}`);
      if (![202, ...transient].includes(answer.status)) this.#unforeseen(`a retry of ${id}`, answer);
    }
  }

  /** Without a key a call that died has an unknown fate, and a repeat means other operations. */
  async #hope(call: string, body: Body): Promise<void> {
    const answer = await this.#post(body);
    this.#say(() => `${call}: ${told(answer)}, without a key`);
    if (answer.status === 202) this.#promise(answer, body);
    else if (!transient.includes(answer.status)) this.#unforeseen(call, answer);
    const incomplete = problemSchema.safeParse(answer.body);
    if (incomplete.success) for (const id of incomplete.data.queued ?? []) this.promised.add(id);
    // By then no invocation that died is still at work.
    await this.#world.clock.sleep(this.#dice.between(30, 90) * 1000);
    if (this.#dice.chance(0.3) && !renamesUsername(body)) await this.#hope(call, body);
  }

  async #insist(call: string, body: Body): Promise<void> {
    const meanwhile = this.#dice.chance(0.1) ? this.#post(body, call) : undefined;
    const first = await this.#untilAccepted(call, body);
    const answer = await meanwhile;
    if (answer?.status === 202) this.#sameAs(first, this.#promise(answer, body), call);
    else if (answer !== undefined && !transient.includes(answer.status)) this.#unforeseen(call, answer);
    if (!this.#dice.chance(0.15)) return;
    await this.#world.clock.sleep(this.#dice.between(0, 600) * 1000);
    this.#sameAs(first, await this.#untilAccepted(call, body), call);
  }

  async #untilAccepted(call: string, body: Body): Promise<string[]> {
    for (let tries = 0; tries < mostTries; tries++) {
      const answer = await this.#post(body, call);
      this.#say(() => `${call}: ${told(answer)}`);
      if (answer.status === 202) return this.#promise(answer, body);
      if (!transient.includes(answer.status)) this.#unforeseen(call, answer);
      await this.#world.clock.sleep(this.#dice.between(1, 70) * 1000);
    }
    this.violations.push(`${call} was never accepted`);
    return [];
  }

  #post({ commands, query }: Body, key?: string): Promise<ApiAnswer> {
    return this.#world.api.post(commands, key === undefined ? {} : { "idempotency-key": key }, query);
  }

  #promise({ body }: ApiAnswer, { commands }: Body): string[] {
    const ids = acceptedSchema.parse(body).operations.map(({ id }) => id);
    if (ids.length !== commands.length) this.violations.push(`${commands.length} commands gave ${ids.length} ids`);
    for (const id of ids) this.promised.add(id);
    return ids;
  }

  #sameAs(first: readonly string[], again: readonly string[], call: string): void {
    if (again.join() !== first.join()) this.violations.push(`${call}: a repeat under its key gave other operations`);
  }

  #unforeseen(what: string, { status, body }: ApiAnswer): void {
    this.violations.push(`${what} was answered ${status}: ${JSON.stringify(body)}`);
  }
}

/** A create that is repeated after one finds its person by email, under a username that the next command does not know. */
function renamesUsername({ commands }: Body): boolean {
  return commands.some(
    (command) => "user" in command && command.do.some((step) => "update" in step && step.update.username),
  );
}

function told({ status, body }: ApiAnswer): string {
  const accepted = acceptedSchema.safeParse(body);
  const ids = accepted.success ? accepted.data.operations.map(({ id }) => id) : [];
  return ids.length === 0 ? String(status) : `${status}, ${ids[0]}${ids.length > 1 ? ` to ${ids.at(-1)}` : ""}`;
}

type HandedIn = Command & { readonly notBefore?: string };

interface Body {
  readonly commands: readonly HandedIn[];
  readonly query: string;
}
