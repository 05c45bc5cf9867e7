import type { Command } from "../../shared/umapi/command.ts";
import { type Named, namesIn, piecesOf } from "../support/naive-rules.ts";
import type { FlowWatch } from "./flow-watch.ts";
import type { Arrival } from "./queue-watch.ts";

/** One generation of an operation, as it went through. Times are in milliseconds since the epoch. */
export interface Passage extends Arrival {
  /** When it was final, and if it is a leaver that went once more, when that was. */
  readonly endedAt: number;
  /** Whether it has gone ahead of its place, or was to. */
  readonly isEarly: boolean;
  /** How many requests it had to itself, because Adobe failed whenever it was sent. */
  readonly requestsAlone: number;
}

const commandsPerRequest = 10;
const piecesPerCommand = 10;
/** The promise adds this: the releaser rings each minute, and the budget may make a request wait. */
const graceMs = 2 * 60_000;
const slack = 1.4;

/**
 * While Adobe answers, each operation is sent within 1.4 times what the requests before it in the accepted order need at
 * the ceiling, plus two minutes, whatever becomes of the others. The time counts from when no earlier operation that it
 * conflicts with is unfinished, and only while the lane is neither blocked nor paused, and nothing of AWS has failed.
 * Leavers go first, in requests that may have little else. What Adobe fails at until it ends is charged in requests of its
 * own. Operations of one message travel as one command, and count as one for what they conflict with.
 *
 * @param passages in the order in which SQS accepted them
 * @param msPerRequest how long one request takes at the ceiling
 */
export function flowViolations(passages: readonly Passage[], flow: FlowWatch, msPerRequest: number): string[] {
  const messages = Map.groupBy(passages, ({ sequence }) => sequence);
  const seen: Seen[] = [];
  const leavers = passages.filter(({ isEarly }) => isEarly).map(({ operation }) => operation.id);
  const violations: string[] = [];
  for (const [index, passage] of passages.entries()) {
    const { operation, arrivedAt, sequence } = passage;
    const names = namesOf((messages.get(sequence) ?? []).map((each) => each.operation.command));
    const sentAt = flow.firstSentAfter(operation.id, arrivedAt);
    const ahead = aheadOf(passage, passages.slice(index + 1), sentAt);
    const unfinished = [...seen.filter(({ endedAt }) => endedAt > arrivedAt), ...ahead];
    const freeAt = unfinished
      .filter((other) => conflict(names, other.names))
      .reduce((latest, { endedAt }) => Math.max(latest, endedAt), arrivedAt);
    const before = unfinished.filter(({ endedAt }) => endedAt > freeAt);
    const ofBad = before.reduce((sum, { requestsAlone }) => sum + requestsAlone, 0);
    const ofLeavers = flow.sentBetween(leavers, freeAt, sentAt ?? 0).size;
    const ofMode = (testOnly: boolean) =>
      before.filter((other) => other.operation.testOnly === testOnly).reduce((sum, { commands }) => sum + commands, 0);
    // No request has both tests and real work. Commands that wait for one another go one by one.
    const requests =
      Math.ceil((ofMode(operation.testOnly) + 1) / commandsPerRequest) +
      ofMode(!operation.testOnly) +
      ofLeavers +
      ofBad;
    const allowedMs = slack * requests * msPerRequest + graceMs;
    const waitedMs = sentAt === undefined ? 0 : flow.flowingMs(freeAt, sentAt);
    // Somebody decides when it goes; or it cannot ride with those that are due before it.
    const isHeld = operation.removalSet !== undefined || (operation.testOnly && ofLeavers > 0);
    if (waitedMs > allowedMs && !isHeld)
      violations.push(
        `${operation.id}#${operation.generation} waited ${waitedMs} ms behind ${before.length} operations, and ${allowedMs} ms were enough`,
      );
    seen.push({ ...passage, names, commands: Math.ceil(piecesIn(operation.command) / piecesPerCommand) });
  }
  return violations;
}

interface Seen extends Passage {
  readonly names: Names;
  readonly commands: number;
}

/** The leavers that were accepted later, and that go first. Work on their own user waits for them. */
function aheadOf({ arrivedAt }: Passage, later: readonly Passage[], sentAt: number | undefined): Seen[] {
  return later
    .filter((leaver) => leaver.isEarly && leaver.arrivedAt < (sentAt ?? 0) && leaver.endedAt > arrivedAt)
    .map((leaver) => ({ ...leaver, names: namesOf([leaver.operation.command]), commands: 0 }));
}

interface Names {
  readonly touched: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
}

function namesOf(commands: readonly Command[]): Names {
  const names: Named[] = commands.flatMap(namesIn);
  return {
    touched: new Set(names.map(({ name }) => name)),
    written: new Set(names.filter(({ written }) => written).map(({ name }) => name)),
  };
}

function conflict(one: Names, other: Names): boolean {
  return !one.written.isDisjointFrom(other.touched) || !other.written.isDisjointFrom(one.touched);
}

/** How many steps Adobe counts in it. */
export function piecesIn({ do: steps }: Command): number {
  return steps.reduce((sum, step) => sum + piecesOf(step), 0);
}
