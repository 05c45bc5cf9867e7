import type { OperationView } from "../api/operation.ts";
import type { Budget } from "../pacing/budget.ts";
import type { Lane } from "../pacing/lane.ts";
import type { Command } from "../umapi/command.ts";
import { hintOn } from "../umapi/errors/hint.ts";
import type { Cancellation, OperationSummary } from "./item.ts";
import { type KnownAround, waitingOf } from "./waiting.ts";

/**
 * @param now milliseconds since the epoch
 * @param around what else is known about its lane
 */
export function viewOf(
  summary: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  around: KnownAround = {},
): OperationView {
  const {
    id,
    status,
    user,
    usergroup,
    requestID,
    charges,
    acceptedAt,
    submittedBy,
    updatedAt,
    notBefore,
    canceled,
    supersededBy,
    error,
  } = summary;
  const waiting = waitingOf(summary, lane, budget, now, around);
  return {
    id,
    status,
    ...(user === undefined ? {} : { user }),
    ...(usergroup === undefined ? {} : { usergroup }),
    ...(requestID === undefined ? {} : { requestID }),
    attempts: charges,
    acceptedAt: iso(acceptedAt),
    ...(submittedBy === undefined ? {} : { submittedBy }),
    updatedAt: iso(updatedAt),
    ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(canceled === undefined ? {} : canceledOf(canceled)),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    ...(error === undefined ? {} : { error: { ...error, hint: hintOn(error) } }),
  };
}

/** The details of an operation that listings do not show. */
export function toldOf(command: Command): Pick<OperationView, "domain" | "useAdobeID" | "do"> {
  if ("usergroup" in command) return { do: command.do };
  const { domain, useAdobeID, do: steps } = command;
  return { ...(domain !== undefined && { domain }), ...(useAdobeID !== undefined && { useAdobeID }), do: steps };
}

function canceledOf({ at, by, certain }: Cancellation): Pick<OperationView, "canceledAt" | "canceledBy" | "certain"> {
  return { canceledAt: iso(at), ...(by === undefined ? {} : { canceledBy: by }), certain };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();
