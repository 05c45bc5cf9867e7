import type { FaultDetails } from "../http/network-fault.ts";
import type { LedgerEvent } from "../ledger/ledger-dynamo.ts";
import type { LedgerRow } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import type { ParkReason } from "../operation/parked.ts";
import { type FinalStatus, isFinal } from "../operation/status.ts";
import { type Block, blockAt, type Lane } from "../pacing/lane.ts";
import type { UnreadableItem } from "../pacing/unreadable-item.ts";
import type { AdmissionEvent } from "../room/admission.ts";
import type { Answer } from "../umapi/answer.ts";
import type { Verdict } from "./verdict.ts";

/** What dispatch does, for logs and metrics. No field is secret or personal. */
export type DispatchEvent =
  | {
      readonly kind: "action request";
      readonly requestId: string;
      readonly commands: number;
      readonly testOnly: boolean;
      /** The HTTP status, or what happened in place of an answer. */
      readonly status: number | Exclude<Answer["kind"], "response">;
      readonly verdict: Verdict["kind"];
      readonly operationIds: readonly OperationId[];
    }
  | {
      readonly kind: "operation finished";
      readonly operationId: OperationId;
      readonly status: FinalStatus;
      readonly attempts: number;
      readonly code?: string;
    }
  | {
      readonly kind: "lane blocked";
      readonly reason: Block["reason"];
      readonly failures: number;
      readonly until: number;
    }
  | { readonly kind: "parked"; readonly operationId: OperationId; readonly reason: ParkReason }
  /** Adobe has refused a leaver ahead of its place. It goes once more in its place. */
  | { readonly kind: "leaver refused"; readonly operationId: OperationId; readonly code: string }
  /** `awsError`: AWS's name for the failure to read the secret. */
  | { readonly kind: "no token"; readonly reason: string; readonly awsError?: string }
  /** A host of Adobe's gave no answer. */
  | ({ readonly kind: "unreachable"; readonly host: string } & FaultDetails)
  | { readonly kind: "requeued"; readonly messages: number; readonly reason: RequeueReason; readonly until: number }
  /** Messages that SQS did not hide; they come back when their visibility timeout ends. */
  | { readonly kind: "not hidden"; readonly messages: number }
  | AdmissionEvent
  | LedgerEvent
  | UnreadableItem
  | { readonly kind: "dead-lettered"; readonly messageId: string; readonly reason: string }
  | ({ readonly kind: "unexpected error"; readonly name: string; readonly location: string } & Partial<FaultDetails>);

/** The event about the lane's block, if it is blocked. */
export function laneBlocked(lane: Lane, now: number): DispatchEvent | undefined {
  const block = blockAt(lane, now);
  if (block === undefined) return undefined;
  const failures = {
    throttled: lane.throttles,
    "adobe-unavailable": lane.faults,
    "credentials-refused": lane.refusals,
    "credentials-unreadable": lane.refusals,
  };
  return { kind: "lane blocked", ...block, failures: failures[block.reason] };
}

/** What there is to tell of an operation that has ended. */
export function finished({ operation, status, charges, error }: LedgerRow): DispatchEvent | undefined {
  if (!isFinal(status)) return undefined;
  const code = error === undefined ? {} : { code: error.code };
  return { kind: "operation finished", operationId: operation.id, status, attempts: charges, ...code };
}

export type RequeueReason =
  | Block["reason"]
  | "budget"
  | "in-flight"
  | "paused"
  | "refill"
  | "time"
  | "unfinished"
  | "unexpected";
