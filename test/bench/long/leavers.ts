import { type Credentials, createCredentials } from "../../../infra/local/adobe/credentials.ts";
import { LeaverRun } from "../../simulation/leaver-run.ts";
import type { Benchmark, Figure } from "../benchmark.ts";
import { commandsPerMinute, minuteMs } from "./lane-run.ts";

/** How many joiners wait all the time, and the seeds of the runs. */
const backlogs = [
  { joiners: 0, seeds: [1, 2] },
  { joiners: 500, seeds: [1, 2, 3, 4, 5] },
  { joiners: 50_000, seeds: [1, 2] },
];
/** After the whole backlog has come at once. */
const burstMinutes = 2;
const steadyMinutes = 12;
/** The last ones may be sent after the steady time. */
const tailMinutes = 8;
const leaversPerMinute = 5;
const burst = { joiners: 50, times: 10, everyMinutes: 3 };

/** OpenID's IPSIE asks for five minutes. */
const mostSeconds = { steady: 10, burst: 30 };
const leastShare = 97;
/** A burst goes out as fast as Adobe answers. */
const mostBetweenRequestsMs = 100;

/** How long a leaver waits until Adobe is told, and what that costs the others. */
export const leavers: Benchmark = {
  title: "One leaver each 12 s, by how many joiners wait",
  async run() {
    const credentials = await createCredentials();
    const figures: Figure[] = [];
    const broken: string[] = [];
    for (const backlog of backlogs) await beside(backlog, credentials, figures, broken);
    await bursts(credentials, figures, broken);
    return {
      how:
        "Simulated time; Adobe answers an action request after 0.2 to 2 s, at random by the seed; DynamoDB and SQS take no time. " +
        "The backlog comes at once and is then kept at its size. Waits are from the answer 202 until the command is sent; ∞ (null) is not sent within the run. " +
        "The drain counts leavers, over whole windows of the steady time. Promised: 99% of leavers within 10 s (30 s in the two minutes after the burst), 97% of the ceiling, and no wait between a burst's requests but for Adobe.",
      counts: { burstMinutes, steadyMinutes, leaversPerMinute, burstJoiners: burst.joiners, bursts: burst.times },
      figures,
      broken,
    };
  },
};

async function beside(
  { joiners, seeds }: (typeof backlogs)[number],
  credentials: Credentials,
  figures: Figure[],
  broken: string[],
): Promise<void> {
  const column = joiners === 0 ? "none" : joiners.toLocaleString("en");
  const tell = (name: string, value: number, unit: string) => figures.push({ case: column, name, value, unit });
  const early: number[] = [];
  const steady: number[] = [];
  const drains: number[] = [];
  for (const seed of seeds) {
    const run = await LeaverRun.start(seed, (burstMinutes + steadyMinutes) * leaversPerMinute, credentials);
    const { clock } = run.world;
    const startsAt = clock.now();
    await run.fill(joiners);
    await run.leave(burstMinutes + steadyMinutes, joiners);
    const steadyAt = startsAt + burstMinutes * minuteMs;
    if (joiners > 0) drains.push(run.commandsPerMinute(steadyAt));
    await clock.advance(tailMinutes * minuteMs);
    run.world.stop();
    early.push(...run.waits(startsAt, steadyAt));
    steady.push(...run.waits(steadyAt, Number.POSITIVE_INFINITY));
  }
  const phases = [
    { name: "202 to sent, steady", waits: steady, most: mostSeconds.steady },
    ...(joiners === 0
      ? []
      : [{ name: "202 to sent, two minutes after the burst", waits: early, most: mostSeconds.burst }]),
  ];
  for (const { name, waits, most } of phases) {
    const p99 = percentile(waits, 99);
    tell(`${name}: p50`, percentile(waits, 50), "s");
    tell(`${name}: p99`, p99, "s");
    tell(`${name}: worst`, percentile(waits, 100), "s");
    if (p99 > most) broken.push(`${name}, backlog ${column}: p99 is ${p99} s, promised are ${most} s`);
  }
  tell(
    "leavers, not sent in the run",
    [...early, ...steady].filter((wait) => !Number.isFinite(wait)).length,
    "leavers",
  );
  if (drains.length === 0) return;
  const perMinute = Math.min(...drains);
  const share = (100 * perMinute) / commandsPerMinute;
  tell("drain beside them, the slowest run", perMinute, "commands/min");
  tell("share of Adobe's ceiling", share, "%");
  if (share < leastShare)
    broken.push(`the drain, backlog ${column}: ${share}% of the ceiling, promised are ${leastShare}%`);
}

/** Bursts of joiners into an idle lane. */
async function bursts(credentials: Credentials, figures: Figure[], broken: string[]): Promise<void> {
  const run = await LeaverRun.start(1, 1, credentials);
  const { clock } = run.world;
  const seconds: number[] = [];
  const ofAdobe: number[] = [];
  for (let times = 0; times < burst.times; times++) {
    const [startsAt, before] = [clock.now(), run.requests.length];
    await run.fill(burst.joiners);
    await clock.advance(burst.everyMinutes * minuteMs);
    const requests = run.requests.slice(before);
    const last = requests.at(-1);
    if (last === undefined || requests.reduce((sum, { commands }) => sum + commands, 0) !== burst.joiners)
      throw new Error("a burst was not sent");
    seconds.push((last.at - startsAt) / 1000);
    ofAdobe.push(requests.slice(0, -1).reduce((sum, { answeredInMs }) => sum + answeredInMs, 0) / 1000);
  }
  run.world.stop();
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const tell = (name: string, value: number) => figures.push({ case: "none", name, value, unit: "s" });
  tell(`${burst.joiners} joiners at once, last request sent after: mean`, mean(seconds));
  tell(`${burst.joiners} joiners at once, last request sent after: worst`, Math.max(...seconds));
  tell(`${burst.joiners} joiners at once, of which Adobe took: mean`, mean(ofAdobe));
  const own = Math.max(...seconds.map((each, index) => each - (ofAdobe[index] ?? 0)));
  if (own * 1000 > mostBetweenRequestsMs)
    broken.push(`a burst waited ${own} s beyond Adobe's answers, promised are ${mostBetweenRequestsMs} ms`);
}

/** @param values ascending or not @param percent of them that are at most the result */
function percentile(values: readonly number[], percent: number): number {
  const ascending = values.toSorted((one, other) => one - other);
  return ascending[Math.ceil((percent / 100) * ascending.length) - 1] ?? Number.NaN;
}
