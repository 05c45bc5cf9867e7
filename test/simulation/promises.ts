import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Operation } from "../../shared/operation/operation.ts";
import { deadLetterQueueName, queueName, returnedQueueName } from "./aws.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";
import { namesIn } from "./names.ts";
import { allOperations } from "./observations.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

export interface Ended {
  /** Ids that the API has promised. */
  readonly promised: ReadonlySet<string>;
  /** Whether Adobe was told to refuse a command so, and would not have on its own. */
  readonly isFoul: (error: { readonly code: string; readonly message: string }) => boolean;
  readonly credentials: Credentials;
  /** Whether clocks were near enough to each other for the budget to be kept. */
  readonly keepsBudget: boolean;
}

/** SQS moves a message away when it has been received as often. */
const maxReceives = 1000;

/** What of the promises does not hold at the end of a simulation, in words. */
export async function violationsOf(world: SimulatedWorld, ended: Ended): Promise<string[]> {
  const { queue, ledger, sends, wire } = world;
  const violations = [...queue.violations, ...ledger.violations, ...sends.violations, ...wire.violations];
  const queued = new Set<string>(queue.queued.keys());
  for (const id of ended.promised) if (!queued.has(id)) violations.push(`${id} was promised and never queued`);
  for (const operation of queue.arrivals) violations.push(...fateViolations(world, operation));
  violations.push(...(await shownViolations(world)));

  const waiting = (await world.messages(queueName)) + (await world.messages(returnedQueueName));
  if (waiting > 0) violations.push(`${waiting} messages are still queued`);
  const dead = await world.messages(deadLetterQueueName);
  if (dead > 0) violations.push(`${dead} messages were dead-lettered`);
  if (queue.mostReceives >= maxReceives) violations.push(`a message was received ${queue.mostReceives} times`);
  if (ended.keepsBudget) violations.push(...budgetViolations(wire.arrivals));
  violations.push(...(await compareWithOracle(world, ended)));
  return violations;
}

/** Every generation of an operation ends, by a reason that Adobe has given, and is charged for no more than that. */
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
  return [...world.queue.queued.keys()].flatMap((id) => {
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

/** Adobe's own clock and count: never more than ten requests in any 60 s, both ends included. */
function budgetViolations(arrivals: readonly number[]): string[] {
  return arrivals.flatMap((at, index) => {
    const eleventh = arrivals[index + 10];
    return eleventh !== undefined && eleventh - at <= 60_000 ? [`eleven requests within ${eleventh - at} ms`] : [];
  });
}
