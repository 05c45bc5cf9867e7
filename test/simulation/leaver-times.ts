import type { Operation } from "../../shared/operation/operation.ts";
import { isLeaver, rootKey } from "./departures.ts";
import type { FlowWatch } from "./flow-watch.ts";
import type { Passage } from "./flows.ts";

/** A leaver may have to wait for an answer, and then for another look. */
const graceMs = 20_000;
/** What Adobe has not answered is unsettled for so long, and a leaver waits for what is so on its name. */
const unsettledMs = 150_000;
/** A bell that is lost costs a minute. */
const lostBellMs = 60_000;
const slack = 1.4;

/** How long leavers may take to be sent. */
export interface LeaverPace {
  /** How long one request takes at the ceiling, in milliseconds. */
  readonly msPerRequest: number;
  /** Whether Adobe or AWS may leave something unanswered, or Adobe has failed at work on the same user. */
  readonly isRough: (leaver: Operation) => boolean;
}

/**
 * Each leaver is sent within 20 s and what the requests with leavers before it need, whatever else waits. The time
 * counts only while the lane is neither blocked nor paused, and nothing of AWS has failed; and once no other leaver of the
 * name is unfinished, which may be sent again and again.
 *
 * @param passages in the order in which SQS accepted them
 */
export function leaverViolations(
  passages: readonly Passage[],
  flow: FlowWatch,
  { msPerRequest, ...pace }: LeaverPace,
): string[] {
  const leavers = passages.filter(({ isEarly }) => isEarly).map(({ operation }) => operation.id);
  const free = new Map<string, number>();
  return passages.flatMap(({ operation, arrivedAt, endedAt, isEarly }) => {
    const isRough = pace.isRough(operation);
    // Where something of AWS fails, its message may be all that is left of it.
    if (!isLeaver(operation) || (isRough && !isEarly)) return [];
    const root = rootKey(operation.command);
    const freeAt = Math.max(arrivedAt, free.get(root) ?? 0);
    free.set(root, Math.max(freeAt, endedAt));
    const sentAt = flow.firstSentAfter(operation.id, arrivedAt);
    if (sentAt === undefined) return [];
    const requests = flow.sentBetween(leavers, freeAt, sentAt).size + 1;
    const allowedMs = slack * requests * msPerRequest + graceMs + (isRough ? lostBellMs + unsettledMs : 0);
    const waitedMs = flow.flowingMs(freeAt, sentAt);
    if (waitedMs <= allowedMs) return [];
    const name = `${operation.id}#${operation.generation}`;
    return [
      `the leaver ${name} waited ${waitedMs} ms behind ${requests - 1} requests with others, and ${allowedMs} ms were enough`,
    ];
  });
}
