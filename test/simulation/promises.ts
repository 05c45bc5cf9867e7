import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Operation } from "../../shared/operation/operation.ts";
import { deadLetterQueueName, queueName, returnedQueueName } from "./aws.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";
import { repeatsOf } from "./departures.ts";
import { flowViolations, type Passage } from "./flows.ts";
import { leaverViolations } from "./leaver-times.ts";
import { namesIn } from "./names.ts";
import { allOperations } from "./observations.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

export interface Ended {
  /** Ids that the API has promised. */
  readonly promised: ReadonlySet<string>;
  /** Whether the sandbox refused a command only because it was told to. */
  readonly isFoul: (error: { readonly code: string; readonly message: string }) => boolean;
  readonly credentials: Credentials;
  /** Nothing failed but single commands, all clocks agreed, and AWS answered soon. */
  readonly isCalm: boolean;
  /** Whether the clocks differed so little that the budget must be kept. */
  readonly keepsBudget: boolean;
  /** The longest that Adobe took to answer, in milliseconds. */
  readonly slowestAnswerMs: number;
  /** The longest that AWS took to answer a call, in milliseconds. */
  readonly latencyMs: number;
  readonly rate: { readonly requests: number; readonly seconds: number };
}

/** If Adobe takes longer, its answers limit the flow, and not the budget. */
const promptMs = 5000;

/** So many calls to AWS one after the other are made for a request with work to park. */
const callsPerRequest = 50;

/** SQS moves a message away after so many receives. */
const maxReceives = 1000;

/** The promises that do not hold at the end of a simulation, in words. */
export async function violationsOf(world: SimulatedWorld, ended: Ended): Promise<string[]> {
  const { queue, ledger, sends, wire, members } = world;
  const watches = [queue, ledger, sends, wire, members];
  const violations = [...watches.flatMap((watch) => watch.violations), ...members.violationsAtTheEnd()];
  const queued: ReadonlyMap<string, Operation> = queue.queued;
  for (const id of ended.promised)
    if (!queued.has(id) && ledger.row(id)?.status !== "canceled")
      violations.push(`${id} was promised and never queued`);
  for (const { operation } of queue.arrivals) violations.push(...fateViolations(world, operation));
  for (const id of ledger.ids)
    if (!queued.has(id) && ledger.row(id)?.status === "queued") violations.push(`${id} was never finished`);
  if (ended.slowestAnswerMs <= promptMs) {
    const passages = passagesOf(world);
    const msPerRequest = pace(ended);
    violations.push(...flowViolations(passages, world.flow, msPerRequest));
    const isRough = ({ command }: Operation) => !ended.isCalm || wire.troubles.of(namesIn(command)) > 0;
    violations.push(...leaverViolations(passages, world.flow, { msPerRequest, isRough }));
  }
  violations.push(...(await shownViolations(world)));

  const waiting = (await world.messages(queueName)) + (await world.messages(returnedQueueName));
  if (waiting > 0) violations.push(`${waiting} messages are still queued`);
  const dead = await world.messages(deadLetterQueueName);
  if (dead > 0) violations.push(`${dead} messages were dead-lettered`);
  if (queue.mostReceives >= maxReceives) violations.push(`a message was received ${queue.mostReceives} times`);
  if (ended.keepsBudget) violations.push(...budgetViolations(wire.arrivals, ended.rate));
  violations.push(...(await compareWithOracle(world, ended)));
  return violations;
}

/** How long one request takes at the ceiling, in milliseconds. */
function pace({ rate: { requests, seconds }, slowestAnswerMs, latencyMs }: Ended): number {
  return Math.max((seconds * 1000) / requests, slowestAnswerMs, latencyMs * callsPerRequest);
}

function passagesOf(world: SimulatedWorld): Passage[] {
  const { queue, ledger } = world;
  return queue.arrivals.map((arrival) => {
    const { id, generation } = arrival.operation;
    const ends = [{ id, generation }, ...repeatsOf(world, id).map(({ operation }) => operation)];
    const endedAt = Math.max(
      ...ends.map((each) => ledger.endedAt(each.id, each.generation) ?? Number.POSITIVE_INFINITY),
    );
    const final = ledger.final(id, generation);
    const requestsAlone = final?.error?.code === "adobe_failed" ? final.charges : 0;
    return { ...arrival, endedAt, isEarly: ledger.wasEarly(id, generation), requestsAlone };
  });
}

/** Each generation of an operation ends for a reason that Adobe has given, and is charged for nothing else. */
function fateViolations({ ledger, wire }: SimulatedWorld, operation: Operation): string[] {
  const { id, generation, command } = operation;
  const final = ledger.final(id, generation);
  const name = `${id}#${generation}`;
  if (final === undefined) return [`${name} was never finished`];
  const names = namesIn(command);
  const { charges, error } = final;
  const troubles = wire.troubles.of(names);
  const violations = charges > troubles ? [`${name} was charged ${charges} times for ${troubles} failures`] : [];
  const own = ["adobe_failed", "unclear_result"];
  if (error !== undefined && !own.includes(error.code) && !wire.hasSaid(error.code, names))
    violations.push(`${name} failed by ${error.code}, which Adobe has never said of it`);
  return violations;
}

/** What the API shows at the end is what the ledger holds, of every operation once. */
async function shownViolations(world: SimulatedWorld): Promise<string[]> {
  const shown = Map.groupBy(await allOperations(world), ({ id }) => id);
  return world.ledger.ids.flatMap((id) => {
    const [operation, ...more] = shown.get(id) ?? [];
    const row = world.ledger.row(id);
    const isTrue =
      operation?.status === row?.status &&
      operation?.attempts === row?.charges &&
      operation?.error?.code === row?.error?.code;
    if (operation !== undefined && more.length === 0 && isTrue) return [];
    return [`${id} is ${row?.status}, and is listed ${1 + more.length} times as ${JSON.stringify(operation)}`];
  });
}

/** Adobe's own clock and count: never more than so many requests in any window, both ends included. */
function budgetViolations(arrivals: readonly number[], { requests, seconds }: Ended["rate"]): string[] {
  return arrivals.flatMap((at, index) => {
    const oneTooMany = arrivals[index + requests];
    if (oneTooMany === undefined || oneTooMany - at > seconds * 1000) return [];
    return [`${requests + 1} requests within ${oneTooMany - at} ms`];
  });
}
