import type { Status } from "../operation/status.ts";
import type { Budget } from "../pacing/budget.ts";
import type { Lane } from "../pacing/lane.ts";
import type { Command } from "../umapi/command.ts";
import { hintOn } from "../umapi/errors/hint.ts";
import type { OperationSummary } from "./item.ts";
import type { RowError } from "./row.ts";
import { type Waiting, waitingOf } from "./waiting.ts";

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
  readonly updatedAt: string;
  readonly waiting?: Waiting;
  readonly error?: ErrorView;
}

interface ErrorView extends RowError {
  /** What went wrong and what to do about it; told from the code whenever it is read, and kept nowhere. */
  readonly hint: string;
}

/**
 * @param now milliseconds since the epoch
 * @param ahead about how many operations stand before it, where that has been counted
 */
export function viewOf(
  summary: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  ahead?: number,
): OperationView {
  const { id, status, user, usergroup, requestID, charges, acceptedAt, updatedAt, error } = summary;
  const waiting = waitingOf(summary, lane, budget, now, ahead);
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

/** What an operation was, beyond what every listing says of it. */
export function toldOf(command: Command): Pick<OperationView, "domain" | "useAdobeID" | "do"> {
  if ("usergroup" in command) return { do: command.do };
  const { domain, useAdobeID, do: steps } = command;
  return { ...(domain !== undefined && { domain }), ...(useAdobeID !== undefined && { useAdobeID }), do: steps };
}
