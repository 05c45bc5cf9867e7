import type { Budget } from "../pacing/budget.ts";
import { type Block, blockAt, fatesAt, type Lane, slotFreeAt } from "../pacing/lane.ts";
import type { Pause } from "../pacing/pause-dynamo.ts";
import { hintOn } from "../umapi/errors/hint.ts";
import type { Cancellation, OperationSummary } from "./item.ts";
import { type OwnReason, ownWait } from "./own-wait.ts";
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
  /** It is not sent before that. */
  readonly notBefore?: string;
  readonly updatedAt: string;
  readonly waiting?: Waiting;
  /** When, and by whom, it was canceled. */
  readonly canceledAt?: string;
  readonly canceledBy?: string;
  /** Of a canceled one: false if a part of it was sent before, or may have been applied. */
  readonly certain?: boolean;
  readonly error?: ErrorView;
}

export interface ErrorView extends RowError {
  /** What went wrong and what to do about it; told from the code whenever it is read, and kept nowhere. */
  readonly hint: string;
}

/** What a queued operation is known to wait for; one that has none waits for its turn. */
export interface Waiting {
  /** Absent where nobody can know it. */
  readonly until?: string;
  readonly reason: OwnReason | LaneReason;
  /** Of whom it stands behind: the id. */
  readonly behind?: string;
}

type LaneReason = Block["reason"] | "paused" | "budget";

/**
 * @param now milliseconds since the epoch
 * @param pause of the lane, if somebody has stopped it by hand
 */
export function viewOf(
  summary: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  pause?: Pause,
): OperationView {
  const { id, status, user, usergroup, requestID, charges, acceptedAt, updatedAt, notBefore, canceled, error } =
    summary;
  const waiting = waitingOf(summary, lane, budget, now, pause);
  return {
    id,
    status,
    ...(user === undefined ? {} : { user }),
    ...(usergroup === undefined ? {} : { usergroup }),
    ...(requestID === undefined ? {} : { requestID }),
    attempts: charges,
    acceptedAt: iso(acceptedAt),
    updatedAt: iso(updatedAt),
    ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(canceled === undefined ? {} : canceledOf(canceled)),
    ...(error === undefined ? {} : { error: { ...error, hint: hintOn(error) } }),
  };
}

/** An operation's own reason comes before its lane's. */
function waitingOf(
  { id, status, parked }: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  pause?: Pause,
): Waiting | undefined {
  if (status !== "queued") return undefined;
  const own = parked === undefined ? undefined : ownWait(parked, now);
  if (own !== undefined) {
    const { until, ...rest } = own;
    return { ...rest, ...(until === undefined ? {} : { until: iso(until) }) };
  }
  if (pause !== undefined) return { reason: "paused" };
  const block = blockAt(lane, now);
  if (block !== undefined) return { until: iso(block.until), reason: block.reason };
  // While Adobe answers, what is in flight is merely being sent.
  const openUntil = lane.faults > 0 ? fatesAt(lane, now).open.get(id) : undefined;
  if (openUntil !== undefined) return { until: iso(openUntil), reason: "adobe-unavailable" };
  const freeAt = slotFreeAt(lane, budget, now);
  return freeAt === undefined ? undefined : { until: iso(freeAt), reason: "budget" };
}

function canceledOf({ at, by, certain }: Cancellation): Pick<OperationView, "canceledAt" | "canceledBy" | "certain"> {
  return { canceledAt: iso(at), ...(by === undefined ? {} : { canceledBy: by }), certain };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();
