import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { SimulatedClock } from "../support/simulated-clock.ts";
import { isFoul } from "./adobe-weather.ts";
import { calm } from "./chaos.ts";
import { Client } from "./client.ts";
import { type Conditions, conditionsOf, toleratedSkewMs } from "./conditions.ts";
import { longestFindMs } from "./flow-watch.ts";
import { LogWatch } from "./log-watch.ts";
import { Operator } from "./operator.ts";
import { violationsOf } from "./promises.ts";
import { RemovalDesk } from "./removal-desk.ts";
import { Dice } from "./seeded-random.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { StatusWatch } from "./status-watch.ts";
import { silent, Trace } from "./trace.ts";
import { Weather } from "./weather.ts";
import { Caller } from "./workload.ts";

export interface Simulation {
  readonly seed: number;
  /** The promises that did not hold; empty if all did. */
  readonly violations: readonly string[];
  readonly operations: number;
  /** What happened, in order, with the simulated time; empty unless asked for. */
  readonly trace: readonly string[];
}

/** The importer's number among the callers. */
const importer = 9;
const daySeconds = 24 * 60 * 60;
/** Adobe's last chance to apply a request, before the service gives it up at 135 s after sending. */
const latestSeconds = 125;

/** If a service of AWS takes longer, a dispatcher takes seconds to park a batch. */
const soonMs = 20;

/** Runs callers, faults and the whole service under one seed. Then it ends all faults, and checks the promises. */
export async function simulate(seed: number, credentials: Credentials, isTraced = false): Promise<Simulation> {
  const clock = new SimulatedClock();
  const trace = new Trace(() => clock.now());
  const say = isTraced ? trace.say : silent;
  const log = new LogWatch(credentials, say);
  try {
    const conditions = conditionsOf(new Dice(seed * 53));
    const network = slowly(new Dice(seed * 59), conditions.slowestAnswerMs);
    const { rate, removalLimit } = conditions;
    const world = await SimulatedWorld.create({
      ...{ seed, credentials, rate, removalLimit, clock, say, network },
      watchesMembers: true,
    });
    const run = new Run(world, conditions, seed, say);
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
  readonly #conditions: Conditions;
  readonly #seed: number;
  readonly #say: typeof silent;
  readonly #callers: readonly Actor[];
  readonly #importers: readonly Actor[];
  readonly #weather: Weather;
  readonly #operator: Operator;
  readonly #status: StatusWatch;
  readonly #desk: RemovalDesk;

  constructor(world: SimulatedWorld, conditions: Conditions, seed: number, say: typeof silent) {
    const { skewMs, sdkTries, roughness } = conditions;
    const dice = new Dice(seed);
    this.world = world;
    this.#dice = dice;
    this.#conditions = conditions;
    this.#seed = seed;
    this.#say = say;
    world.skewMs = () => dice.between(-skewMs, skewMs);
    world.wire.troubles.skewMs = skewMs;
    world.sends.skewMs = skewMs;
    world.queue.skewMs = skewMs;
    world.sdkTries = sdkTries;
    world.chaos.roughness = roughness;
    world.wire.mayOverlap = world.chaos.roughness.abandonment > 0 || world.chaos.roughness.duplication > 0;
    this.#callers = Array.from({ length: dice.between(1, 3) }, (_, index) => this.#actor(index));
    this.#importers = conditions.hasImport ? [this.#actor(importer)] : [];
    this.#weather = new Weather(world, dice, say, latestSeconds);
    this.#operator = new Operator(world, new Dice(seed * 61), say);
    this.#desk = new RemovalDesk(world, new Dice(seed * 73), skewMs, say);
    this.#status = new StatusWatch(world, new Dice(seed * 43), skewMs);
  }

  #actor(number: number): Actor {
    const name = `caller${number}`;
    return {
      caller: new Caller(name, new Dice(this.#seed * 31 + number), new Dice(this.#seed * 83 + number)),
      client: new Client(this.world, new Dice(this.#seed * 37 + number), name, this.#say),
      dice: new Dice(this.#seed * 41 + number),
    };
  }

  get #clients(): Client[] {
    return [...this.#callers, ...this.#importers].map(({ client }) => client);
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
    const working = Promise.all([
      ...this.#callers.map((caller) => this.#work(caller)),
      ...this.#importers.map((each) => this.#import(each)),
    ]).finally(() => {
      isBusy = false;
    });
    const raging = whileBusy(5, 240, this.#dice, () =>
      this.#conditions.isFair ? this.#weather.blow() : this.#weather.strike(),
    );
    const watching = whileBusy(1, 120, new Dice(this.#seed * 47), () => this.#status.lookAround());
    const operating = whileBusy(20, 400, new Dice(this.#seed * 67), () => this.#operator.act());
    const deciding =
      this.#conditions.removalLimit === "off"
        ? undefined
        : whileBusy(20, 600, new Dice(this.#seed * 79), () => this.#desk.decide());
    const rollingOut = this.#conditions.rollsOut ? this.#rollOut() : undefined;
    await world.until(Promise.all([working, raging, watching, operating, deciding, rollingOut]));
    await world.clock.advance(this.#dice.between(0, 20) * 60_000);

    this.#say(() => "the sky clears");
    world.chaos.roughness = calm;
    world.flow.disturb();
    await this.#weather.clear();
    await world.until(this.#operator.letGoOn());
    const violations = await this.#drained();
    if (this.#dice.chance(0.5)) violations.push(...(await this.#retried()));
    const promised = new Set(this.#clients.flatMap((client) => [...client.promised]));
    const { skewMs, rate, slowestAnswerMs, isFair, roughness } = this.#conditions;
    const isCalm = isFair && roughness.latencyMs <= soonMs && skewMs === 0;
    const keepsBudget = skewMs <= toleratedSkewMs;
    const { latencyMs } = roughness;
    const ended = { promised, isFoul, credentials, keepsBudget, rate, slowestAnswerMs, latencyMs, isCalm };
    violations.push(...(await violationsOf(world, ended)));
    world.stop();
    violations.push(...(await this.#desk.violationsAtTheEnd()));
    const canceled = await this.#desk.canceled();
    const seen = [...this.#clients, this.#operator, this.#status, this.#desk];
    return [...seen.flatMap((each) => each.violations), ...this.#operator.violationsAtTheEnd(canceled), ...violations];
  }

  /** A newer version of the functions takes the place of the older one. */
  async #rollOut(): Promise<void> {
    const { clock, rollout, flow } = this.world;
    const dice = new Dice(this.#seed * 71);
    await clock.sleep(dice.between(0, 120) * 1000);
    this.#say(() => "a newer version comes beside the older one");
    const from = clock.now();
    rollout.share = dice.one([0.1, 0.5, 0.9]);
    await clock.sleep(dice.between(10, 1200) * 1000);
    this.#say(() => "the older version is gone");
    rollout.share = 1;
    // What the older version has set aside is found by the sweeper.
    flow.stand(from, clock.now() + longestFindMs);
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

  /** More joiners than go in one window, and then people leave, one after the other. */
  async #import({ caller, client, dice }: Actor): Promise<void> {
    const { clock } = this.world;
    await clock.sleep(dice.between(0, 300) * 1000);
    await client.handIn(caller.import(this.#conditions.rate.requests * 12), false);
    for (let leavers = dice.between(1, 4); leavers > 0; leavers--) {
      await clock.sleep(dice.between(1, 20) * 1000);
      await client.handIn(caller.leavers(), false);
    }
  }

  async #retried(): Promise<string[]> {
    for (const client of this.#clients) await this.world.until(client.retrySome(0.8));
    return await this.#drained();
  }

  /** Removals of a day to come may be held when it comes. */
  async #decideUntil(isOver: () => boolean): Promise<void> {
    for (;;) {
      await this.world.clock.sleep(10 * 60_000);
      if (isOver()) return;
      await this.#desk.decide();
    }
  }

  /** All faults have ended, so within a day everything that waits must end. */
  async #drained(): Promise<string[]> {
    let isDrained = false;
    void this.#decideUntil(() => isDrained);
    try {
      await this.world.drain(daySeconds);
      isDrained = true;
      // Lambda may deliver once more, and an invocation that was given up may still be at work.
      await this.world.clock.advance(10 * 60_000);
      return [];
    } catch (error) {
      return [`a day after the sky cleared: ${error instanceof Error ? error.message : "failed"}`];
    }
  }
}

/** Adobe gets a request at once, and takes its time to answer. */
function slowly(dice: Dice, slowestMs: number) {
  return async (send: () => Promise<Response>, url: string, clock: Clock): Promise<Response> => {
    const response = await send();
    if (url.includes("/action/")) await clock.sleep(dice.between(0, slowestMs));
    return response;
  };
}
