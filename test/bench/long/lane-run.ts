import { createCredentials } from "../../../infra/local/adobe/credentials.ts";
import { accepted, actionRequests, allOperations, type SeenOperation } from "../../simulation/observations.ts";
import { SimulatedWorld } from "../../simulation/simulated-world.ts";
import type { Figure } from "../benchmark.ts";
import { DailyReceives } from "./daily-receives.ts";

/** UMAPI docs: 10 action requests of 10 commands in any minute. */
const rate = { requests: 10, seconds: 60 };
export const commandsPerMinute = 100;
export const minuteMs = 60_000;
const perCall = 500;

/** A lane with much to do, in simulated time, and what is to be told of it. */
export class LaneRun {
  readonly world: SimulatedWorld;
  readonly receives: DailyReceives;
  readonly startedAt: number;
  readonly figures: Figure[] = [];
  readonly broken: string[] = [];

  static async start(): Promise<LaneRun> {
    return new LaneRun(await SimulatedWorld.create({ seed: 1, credentials: await createCredentials(), rate }));
  }

  private constructor(world: SimulatedWorld) {
    this.world = world;
    this.receives = new DailyReceives(world.sqs, world.clock);
    this.startedAt = world.clock.now();
  }

  /** Hands in the commands, 500 a call. @returns their ids */
  async submit(commands: readonly object[]): Promise<string[]> {
    const ids: string[] = [];
    for (let from = 0; from < commands.length; from += perCall)
      ids.push(...(await accepted(this.world, commands.slice(from, from + perCall))));
    return ids;
  }

  /** How these operations ended. @throws if one did not succeed, or was charged */
  async succeeded(ids: readonly string[]): Promise<readonly SeenOperation[]> {
    const wanted = new Set(ids);
    const all = (await allOperations(this.world)).filter(({ id }) => wanted.has(id));
    const bad = all.filter(({ status, attempts }) => status !== "succeeded" || attempts > 0);
    if (all.length === ids.length && bad.length === 0) return all;
    throw new Error(`${bad.length} of ${ids.length} did not succeed at once, such as ${JSON.stringify(bad[0])}`);
  }

  /** When the last of them ended, in minutes after `from` (milliseconds since the epoch). */
  static minutesToLast(operations: readonly SeenOperation[], from: number): number {
    const last = operations.reduce((latest, { updatedAt }) => Math.max(latest, Date.parse(updatedAt)), from);
    return (last - from) / minuteMs;
  }

  /** How many commands went out, and in how many requests. @param from milliseconds since the epoch @param to likewise */
  async sent(from = 0, to = Number.POSITIVE_INFINITY): Promise<{ commands: number; requests: number }> {
    const requests = (await actionRequests(this.world)).filter(({ at }) => at >= from && at <= to);
    return { commands: requests.reduce((sum, { commands }) => sum + commands, 0), requests: requests.length };
  }

  /** Tells the value beside what was promised. */
  atMost(name: string, value: number, most: number, unit: string): void {
    this.tell(name, value, unit);
    this.figures.push({ case: "promised at most", name, value: most, unit });
    if (value > most) this.broken.push(`${name}: ${value} ${unit}, promised were ${most} at most`);
  }

  tell(name: string, value: number, unit: string): void {
    this.figures.push({ case: "run", name, value, unit });
  }

  stop(): void {
    this.world.stop();
  }
}
