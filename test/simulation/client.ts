import * as z from "zod/mini";
import type { Command } from "../../shared/umapi/command.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

const acceptedSchema = z.object({ operations: z.array(z.object({ id: z.string() })) });

/** How a caller hands in one call, and insists until it has an answer. */
export class Client {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly violations: string[] = [];
  /** Ids that the API has promised. */
  readonly promised: string[] = [];

  constructor(world: SimulatedWorld, dice: Dice) {
    this.#world = world;
    this.#dice = dice;
  }

  async handIn(commands: readonly Command[], key: string): Promise<void> {
    const isTest = this.#dice.chance(0.1);
    const first = await this.#insist(commands, key, isTest);
    this.promised.push(...first);
    if (!this.#dice.chance(0.15)) return;
    const again = await this.#insist(commands, key, isTest);
    if (again.join() !== first.join()) this.violations.push(`a repeat under key ${key} gave other operations`);
  }

  async #insist(commands: readonly Command[], key: string, testOnly: boolean): Promise<string[]> {
    for (let tries = 0; tries < 50; tries++) {
      const answer = await this.#world.post(commands, { "idempotency-key": key }, testOnly ? "?testOnly=true" : "");
      const accepted = acceptedSchema.safeParse(answer.body);
      if (answer.status === 202 && accepted.success) {
        const ids = accepted.data.operations.map(({ id }) => id);
        if (ids.length !== commands.length) this.violations.push(`${commands.length} commands gave ${ids.length} ids`);
        return ids;
      }
      if (![409, 500, 503].includes(answer.status))
        this.violations.push(`handing in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      await this.#world.clock.sleep(this.#dice.between(1, 70) * 1000);
    }
    this.violations.push(`key ${key} was never accepted`);
    return [];
  }
}
