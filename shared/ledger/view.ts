import { type Block, blockAt, type Lane } from "../pacing/lane.ts";
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
  readonly waiting?: { readonly until: string; readonly reason: Block["reason"] | "held" };
  readonly error?: RowError;
}

/** @param now milliseconds since the epoch */
export function viewOf(summary: OperationSummary, lane: Lane, now: number): OperationView {
  const { id, status, user, usergroup, requestID, charges, acceptedAt, updatedAt, error } = summary;
  const waiting = waitingOf(summary, lane, now);
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
    ...(error === undefined ? {} : { error }),
  };
}

function waitingOf({ status, notBefore }: OperationSummary, lane: Lane, now: number): OperationView["waiting"] {
  if (status !== "queued") return undefined;
  const block = blockAt(lane, now);
  if (block !== undefined) return { until: new Date(block.until).toISOString(), reason: block.reason };
  if (notBefore === undefined || notBefore <= now) return undefined;
  return { until: new Date(notBefore).toISOString(), reason: "held" };
}
