import * as z from "zod/mini";
import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { accepted, create, users } from "./observations.ts";
import { Dice } from "./seeded-random.ts";
import { SimulatedWorld } from "./simulated-world.ts";

const commandsSchema = z.array(z.looseObject({ user: z.string(), do: z.array(z.looseObject({})) }));
/** UMAPI docs: 10 action requests of 10 commands in any minute. */
const rate = { requests: 10, seconds: 60 };
const perCall = 500;
const minuteMs = 60_000;
/** One leaver each 12 s. */
const betweenLeaversMs = 12_000;
/** Adobe answers an action request within this time. */
const answerMs = { least: 200, most: 2000 };

/** What Adobe was sent. Times are milliseconds since the epoch. */
interface Sent {
  readonly at: number;
  readonly commands: number;
  /** How long Adobe takes to answer it, in milliseconds. */
  readonly answeredInMs: number;
  /** Those whom it removes from the organisation. */
  readonly removed: readonly string[];
}

/** Joiners and leavers in one lane at Adobe's pace, under a simulated clock. */
export class LeaverRun {
  readonly world: SimulatedWorld;
  /** Action requests, in order. */
  readonly requests: Sent[];
  readonly #staff: string[];
  readonly #left: { readonly user: string; readonly acceptedAt: number }[] = [];
  #joiners = 0;

  /** An idle lane, with so many people in the organisation who may leave. */
  static async start(seed: number, staff: number, credentials: Credentials): Promise<LeaverRun> {
    const dice = new Dice(seed);
    const requests: Sent[] = [];
    const network = async (send: () => Promise<Response>, url: string, clock: Clock, body: string) => {
      if (!url.includes("/action/")) return await send();
      const answeredInMs = dice.between(answerMs.least, answerMs.most);
      requests.push({ at: clock.now(), answeredInMs, ...contentsOf(body) });
      await clock.sleep(answeredInMs / 2);
      const response = await send();
      await clock.sleep(answeredInMs / 2);
      return response;
    };
    const world = await SimulatedWorld.create({ seed, credentials, rate, network });
    const people = users(staff, "staff");
    await accepted(world, people.map(create));
    await world.drain(60 * 60);
    await world.clock.advance(5 * minuteMs);
    requests.length = 0;
    return new LeaverRun(world, requests, people);
  }

  private constructor(world: SimulatedWorld, requests: Sent[], staff: string[]) {
    this.world = world;
    this.requests = requests;
    this.#staff = staff;
  }

  /** Hands in so many joiners that `backlog` of them wait. */
  async fill(backlog: number): Promise<void> {
    const gone = this.requests.reduce((sum, { commands, removed }) => sum + commands - removed.length, 0);
    const joiners = users(gone + backlog, "joiner").slice(this.#joiners);
    this.#joiners += joiners.length;
    for (let from = 0; from < joiners.length; from += perCall)
      await accepted(this.world, joiners.slice(from, from + perCall).map(create));
  }

  /** One of the staff leaves each 12 s for so many minutes, while `backlog` joiners wait. */
  async leave(minutes: number, backlog: number): Promise<void> {
    const { clock } = this.world;
    const end = clock.now() + minutes * minuteMs;
    while (clock.now() < end) {
      await this.fill(backlog);
      const user = this.#staff.pop();
      if (user === undefined) throw new Error("nobody is left");
      await accepted(this.world, { user, do: [{ removeFromOrg: {} }] });
      this.#left.push({ user, acceptedAt: clock.now() });
      await clock.advance(betweenLeaversMs);
    }
  }

  /**
   * How long it took from the answer 202 until the leaver was sent, for those accepted from `from` until `to`.
   *
   * @returns seconds, ascending; Infinity for whoever was not sent
   */
  waits(from: number, to: number): number[] {
    const sentAt = new Map(
      this.requests.toReversed().flatMap(({ at, removed }) => removed.map((user) => [user, at] as const)),
    );
    return this.#left
      .filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < to)
      .map(({ user, acceptedAt }) => ((sentAt.get(user) ?? Number.POSITIVE_INFINITY) - acceptedAt) / 1000)
      .toSorted((one, other) => one - other);
  }

  /** Commands per minute from `from` on, over as many windows of the budget as were used to the end. */
  commandsPerMinute(from: number): number {
    const since = this.requests.filter(({ at }) => at >= from);
    const counted = since.slice(0, Math.floor((since.length - 1) / rate.requests) * rate.requests);
    const [first, next] = [counted[0], since[counted.length]];
    if (first === undefined || next === undefined) throw new Error("not one window was used to its end");
    return counted.reduce((sum, { commands }) => sum + commands, 0) / ((next.at - first.at) / minuteMs);
  }
}

function contentsOf(body: string): Pick<Sent, "commands" | "removed"> {
  const commands = commandsSchema.parse(JSON.parse(body));
  const removed = commands.filter((command) => command.do.some((step) => "removeFromOrg" in step));
  return { commands: commands.length, removed: removed.map(({ user }) => user) };
}
