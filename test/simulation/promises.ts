import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";
import { actionRequests, operation, type SeenOperation } from "./observations.ts";
import { queueName, type SimulatedWorld } from "./simulated-world.ts";

export interface Ended {
  /** Ids that the API gave with 202. */
  readonly promised: readonly string[];
  /** Users whose commands Adobe was told to refuse for good. */
  readonly refusedFor: ReadonlySet<string>;
  readonly credentials: Credentials;
}

/** What of the promises does not hold at the end of a simulation, in words. */
export async function violationsOf(world: SimulatedWorld, ended: Ended): Promise<string[]> {
  const { queued, mostReceives } = world.observer;
  const violations: string[] = [];
  const queuedIds = new Set<string>(queued.keys());
  for (const id of ended.promised) if (!queuedIds.has(id)) violations.push(`${id} was promised and never queued`);

  const seen = new Map<string, SeenOperation>();
  for (const id of queued.keys()) {
    const answer = await world.get(`/v1/operations/${id}`);
    if (answer.status !== 200) violations.push(`${id} was queued and the API answers ${answer.status}`);
    else seen.set(id, await operation(world, id));
  }
  for (const { id, status } of seen.values())
    if (status === "queued") violations.push(`${id} is still queued, and so was never finished`);

  const waiting = await world.messages(queueName);
  if (waiting > 0) violations.push(`${waiting} messages are still queued`);
  const dead = await world.deadLetters();
  if (dead > 0) violations.push(`${dead} messages were dead-lettered`);
  if (mostReceives >= 1000) violations.push(`a message was received ${mostReceives} times`);
  violations.push(...(await budgetViolations(world)));
  violations.push(...(await compareWithOracle(world, seen, ended)));
  return violations;
}

/** Adobe's own clock and count: never more than ten of our requests in any 60 s, both ends included. */
async function budgetViolations(world: SimulatedWorld): Promise<string[]> {
  // Other programs send empty requests.
  const times = (await actionRequests(world)).filter(({ commands }) => commands > 0).map(({ at }) => at);
  return times.flatMap((at, index) => {
    const eleventh = times[index + 10];
    return eleventh !== undefined && eleventh - at <= 60_000 ? [`eleven requests within ${eleventh - at} ms`] : [];
  });
}
