import type { Status } from "../operation/status.ts";
import type { Budget } from "../pacing/budget.ts";
import type { Lane } from "../pacing/lane.ts";
import type { Command } from "../umapi/command.ts";
import { hintOn } from "../umapi/errors/hint.ts";
import type { Cancellation, OperationSummary } from "./item.ts";
import type { RowError } from "./row.ts";
import { type KnownAround, type Waiting, waitingOf } from "./waiting.ts";

/** An operation as the API shows it. Times are in ISO 8601. */
export interface OperationView {
  readonly id: string;
  readonly status: Status;
  readonly user?: string;
  readonly usergroup?: string;
  readonly requestID?: string;
  /** The domain of a user that is not an email. Told of a single operation only, as the two that follow. */
  readonly domain?: string;
  readonly useAdobeID?: boolean;
  /** The steps that were handed in. */
  readonly do?: Command["do"];
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

interface ErrorView extends RowError {
  /** What went wrong and what to do about it; told from the code whenever it is read, and kept nowhere. */
  readonly hint: string;
}

/**
 * @param now milliseconds since the epoch
 * @param around what else is known of its lane
 */
export function viewOf(
  summary: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  around: KnownAround = {},
): OperationView {
  const { id, status, user, usergroup, requestID, charges, acceptedAt, updatedAt, notBefore, canceled, error } =
    summary;
  const waiting = waitingOf(summary, lane, budget, now, around);
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

/** What an operation was, beyond what every listing says of it. */
export function toldOf(command: Command): Pick<OperationView, "domain" | "useAdobeID" | "do"> {
  if ("usergroup" in command) return { do: command.do };
  const { domain, useAdobeID, do: steps } = command;
  return { ...(domain !== undefined && { domain }), ...(useAdobeID !== undefined && { useAdobeID }), do: steps };
}

function canceledOf({ at, by, certain }: Cancellation): Pick<OperationView, "canceledAt" | "canceledBy" | "certain"> {
  return { canceledAt: iso(at), ...(by === undefined ? {} : { canceledBy: by }), certain };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();
