import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import { SimulatedClock } from "../support/simulated-clock.ts";
import { isFoul } from "./adobe-weather.ts";
import { calm, type Roughness } from "./chaos.ts";
import { Client } from "./client.ts";
import { LogWatch } from "./log-watch.ts";
import { violationsOf } from "./promises.ts";
import { Dice } from "./seeded-random.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { StatusWatch } from "./status-watch.ts";
import { silent, Trace } from "./trace.ts";
import { Weather } from "./weather.ts";
import { Caller } from "./workload.ts";

export interface Simulation {
  readonly seed: number;
  /** What a promise says and did not hold; empty if all held. */
  readonly violations: readonly string[];
  readonly operations: number;
  /** What happened, in order, with the simulated time; empty unless asked for. */
  readonly trace: readonly string[];
}

const daySeconds = 24 * 60 * 60;
/** What clocks may differ by without overdrawing the budget; beyond it, a 429 may come of it, and nothing worse. */
const toleratedSkewMs = 100;
const longSkewMs = 3000;
/** Adobe's last chance to apply a request, before the service gives it up at 135 s after sending. */
const latestSeconds = 125;

/** Lets callers, faults and the whole service run under one seed, then clears the sky, and looks whether promises held. */
export async function simulate(seed: number, credentials: Credentials, isTraced = false): Promise<Simulation> {
  const clock = new SimulatedClock();
  const trace = new Trace(() => clock.now());
  const say = isTraced ? trace.say : silent;
  const log = new LogWatch(credentials, say);
  try {
    const run = new Run(
      await SimulatedWorld.create({ seed, credentials, rate: { requests: 10, seconds: 60 }, clock, say }),
      new Dice(seed),
      seed,
      say,
    );
    const violations = await run.toItsEnd(credentials);
    if (log.lines === 0) violations.push("nothing was logged, so that nothing is known of what a log holds");
    return {
      seed,
      violations: [...violations, ...log.violations],
      operations: run.world.queue.queued.size,
      trace: trace.lines,
    };
  } finally {
    log.stop();
  }
}

interface Actor {
  readonly caller: Caller;
  readonly client: Client;
  readonly dice: Dice;
}

class Run {
  readonly world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #seed: number;
  readonly #say: typeof silent;
  readonly #skewMs: number;
  readonly #callers: readonly Actor[];
  readonly #weather: Weather;
  readonly #status: StatusWatch;

  constructor(world: SimulatedWorld, dice: Dice, seed: number, say: typeof silent) {
    this.world = world;
    this.#dice = dice;
    this.#seed = seed;
    this.#say = say;
    this.#skewMs = dice.one([0, 0, toleratedSkewMs, longSkewMs]);
    world.skewMs = () => dice.between(-this.#skewMs, this.#skewMs);
    world.wire.troubles.skewMs = this.#skewMs;
    world.sdkTries = dice.one([1, 1, 3]);
    world.chaos.roughness = dice.chance(0.7) ? roughness(dice) : { ...calm, latencyMs: dice.one([0, 20, 100]) };
    world.wire.mayOverlap = world.chaos.roughness.abandonment > 0 || world.chaos.roughness.duplication > 0;
    this.#callers = Array.from({ length: dice.between(1, 3) }, (_, index) => {
      const name = `caller${index}`;
      return {
        caller: new Caller(name, new Dice(seed * 31 + index)),
        client: new Client(world, new Dice(seed * 37 + index), name, say),
        dice: new Dice(seed * 41 + index),
      };
    });
    this.#weather = new Weather(world, dice, say, latestSeconds);
    this.#status = new StatusWatch(world, new Dice(seed * 43), this.#skewMs);
  }

  /** @returns the promises that did not hold */
  async toItsEnd(credentials: Credentials): Promise<string[]> {
    const { world } = this;
    let isBusy = true;
    const whileBusy = async (shortest: number, longest: number, dice: Dice, work: () => Promise<void>) => {
      while (isBusy) {
        await world.clock.sleep(dice.between(shortest, longest) * 1000);
        await work();
      }
    };
    const working = Promise.all(this.#callers.map((caller) => this.#work(caller))).finally(() => {
      isBusy = false;
    });
    const raging = whileBusy(5, 240, this.#dice, () => this.#weather.strike());
    const watching = whileBusy(1, 120, new Dice(this.#seed * 47), () => this.#status.lookAround());
    await world.until(Promise.all([working, raging, watching]));
    await world.clock.advance(this.#dice.between(0, 20) * 60_000);

    this.#say(() => "the sky clears");
    world.chaos.roughness = calm;
    await this.#weather.clear();
    const violations = await this.#drained();
    if (this.#dice.chance(0.5)) violations.push(...(await this.#retried()));
    const promised = new Set(this.#callers.flatMap(({ client }) => [...client.promised]));
    const keepsBudget = this.#skewMs <= toleratedSkewMs;
    violations.push(...(await violationsOf(world, { promised, isFoul, credentials, keepsBudget })));
    world.stop();
    return [...this.#callers.flatMap(({ client }) => client.violations), ...this.#status.violations, ...violations];
  }

  async #work({ caller, client, dice }: Actor): Promise<void> {
    const calls = dice.between(2, 6);
    for (let call = 0; call < calls; call++) {
      const testOnly = dice.chance(0.1);
      await client.handIn(testOnly ? caller.rehearsal() : caller.call(), testOnly);
      await this.world.clock.sleep(dice.between(0, 180) * 1000);
      if (dice.chance(0.2)) await client.retrySome(0.5);
    }
  }

  async #retried(): Promise<string[]> {
    for (const { client } of this.#callers) await this.world.until(client.retrySome(0.8));
    return await this.#drained();
  }

  /** The sky is clear, and in a day all that waits must have ended. */
  async #drained(): Promise<string[]> {
    try {
      await this.world.drain(daySeconds);
      // What Lambda delivers once more, and what an abandoned invocation still does.
      await this.world.clock.advance(10 * 60_000);
      return [];
    } catch (error) {
      return [`a day after the sky cleared: ${error instanceof Error ? error.message : "failed"}`];
    }
  }
}

function roughness(dice: Dice): Roughness {
  return {
    death: dice.one([0, 0.002, 0.01]),
    abandonment: dice.one([0, 0, 0.002]),
    stalling: dice.one([0, 0, 0.002]),
    lateness: dice.one([0, 0, 0.05]),
    duplication: dice.one([0, 0, 0.1]),
    latencyMs: dice.one([0, 20, 100]),
  };
}
