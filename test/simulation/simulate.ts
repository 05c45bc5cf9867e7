import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import { calm } from "./chaos.ts";
import { Client } from "./client.ts";
import { violationsOf } from "./promises.ts";
import { Dice } from "./seeded-random.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { Weather } from "./weather.ts";
import { Caller } from "./workload.ts";

export interface Simulation {
  readonly seed: number;
  /** What a promise says and did not hold; empty if all held. */
  readonly violations: readonly string[];
  readonly operations: number;
  /** What happened, in order, with the simulated time. */
  readonly trace: readonly string[];
}

const minute = 60_000;

/** Lets callers, faults and the whole service run under one seed, then clears the sky, and looks whether promises held. */
export async function simulate(seed: number, credentials: Credentials): Promise<Simulation> {
  const trace: string[] = [];
  const dice = new Dice(seed);
  const start = Date.UTC(2026, 0, 5, 9);
  const say = (line: string) => trace.push(`${((world.clock.now() - start) / 1000).toFixed(3).padStart(10)} ${line}`);
  const world = await SimulatedWorld.create({ seed, credentials, rate: { requests: 10, seconds: 60 }, trace: say });
  const skew = dice.one([0, 0, 100]);
  world.skewClocks(() => dice.between(-skew, skew));
  const isRough = dice.chance(0.7);
  world.chaos.roughness = {
    death: isRough ? dice.one([0, 0.002, 0.01]) : 0,
    abandonment: isRough ? dice.one([0, 0.002]) : 0,
    latencyMs: dice.one([0, 20, 100]),
  };

  const callers = Array.from({ length: dice.between(1, 3) }, (_, index) => {
    const name = `caller${index}`;
    return {
      name,
      caller: new Caller(name, new Dice(seed * 31 + index)),
      client: new Client(world, new Dice(seed * 37 + index)),
    };
  });
  const weather = new Weather(world, dice, say);
  let isBusy = true;
  const working = Promise.all(
    callers.map(async ({ name, caller, client }) => {
      const pace = new Dice(seed * 41 + name.length);
      const calls = pace.between(2, 6);
      for (let call = 0; call < calls; call++) {
        const commands = caller.call();
        say(`${name} hands in ${commands.length} commands`);
        await client.handIn(commands, `${name} ${call}`);
        await world.clock.sleep(pace.between(0, 180) * 1000);
      }
    }),
  ).finally(() => {
    isBusy = false;
  });
  const raging = (async () => {
    while (isBusy) {
      await world.clock.sleep(dice.between(5, 240) * 1000);
      await weather.strike(
        [...world.observer.queued.values()].flatMap(({ command }) => ("user" in command ? [command.user] : [])),
      );
    }
  })();
  await world.until(Promise.all([working, raging]));
  await world.clock.advance(dice.between(0, 20) * minute);

  say("the sky clears");
  world.chaos.roughness = calm;
  await weather.clear();
  const violations = callers.flatMap(({ client }) => client.violations);
  try {
    await world.drain(24 * 60 * 60);
  } catch (error) {
    violations.push(`a day after the sky cleared: ${error instanceof Error ? error.message : "failed"}`);
  }
  const promised = callers.flatMap(({ client }) => client.promised);
  violations.push(...(await violationsOf(world, { promised, refusedFor: weather.refusedFor, credentials })));
  world.stop();
  return { seed, violations, operations: world.observer.queued.size, trace };
}
