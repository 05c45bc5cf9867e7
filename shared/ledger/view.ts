import type { Budget } from "../pacing/budget.ts";
import { type Block, blockAt, fatesAt, type Lane, slotFreeAt } from "../pacing/lane.ts";
import { hintOn } from "../umapi/errors/hint.ts";
import type { OperationSummary } from "./item.ts";
import type { RowError, Status } from "./row.ts";

/** An operation as the API shows it. Times are in ISO 8601. */
export interface OperationView {
  readonly id: string;
  readonly status: Status;
  readonly user?: string;
  readonly usergroup?: string;
  readonly requestID?: string;
  /** Attempts that counted against the operation; 0 where the first succeeded. */
  readonly attempts: number;
  readonly acceptedAt: string;
  readonly updatedAt: string;
  readonly waiting?: Waiting;
  readonly error?: ErrorView;
}

interface ErrorView extends RowError {
  /** What went wrong and what to do about it; told from the code whenever it is read, and kept nowhere. */
  readonly hint: string;
}

/** What a queued operation is known to wait for; one that has none waits for its turn. */
interface Waiting {
  readonly until: string;
  readonly reason: Block["reason"] | "held" | "budget";
}

/** @param now milliseconds since the epoch */
export function viewOf(summary: OperationSummary, lane: Lane, budget: Budget, now: number): OperationView {
  const { id, status, user, usergroup, requestID, charges, acceptedAt, updatedAt, error } = summary;
  const waiting = waitingOf(summary, lane, budget, now);
  return {
    id,
    status,
    ...(user === undefined ? {} : { user }),
    ...(usergroup === undefined ? {} : { usergroup }),
    ...(requestID === undefined ? {} : { requestID }),
    attempts: charges,
    acceptedAt: new Date(acceptedAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    ...(waiting === undefined ? {} : { waiting }),
    ...(error === undefined ? {} : { error: { ...error, hint: hintOn(error) } }),
  };
}

function waitingOf(
  { id, status, notBefore }: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
): Waiting | undefined {
  if (status !== "queued") return undefined;
  const waiting = (until: number, reason: Waiting["reason"]) => ({ until: new Date(until).toISOString(), reason });
  const block = blockAt(lane, now);
  if (block !== undefined) return waiting(block.until, block.reason);
  // While Adobe answers, what is in flight is merely being sent.
  const openUntil = lane.faults > 0 ? fatesAt(lane, now).open.get(id) : undefined;
  if (openUntil !== undefined) return waiting(openUntil, "adobe-unavailable");
  if (notBefore !== undefined && notBefore > now) return waiting(notBefore, "held");
  const freeAt = slotFreeAt(lane, budget, now);
  return freeAt === undefined ? undefined : waiting(freeAt, "budget");
}
