import type { Status } from "../ledger/row.ts";
import type { OperationId } from "../operation.ts";
import type { Block } from "../pacing/lane.ts";
import type { Answer } from "../umapi/answer.ts";
import type { Verdict } from "./verdict.ts";

/** What dispatch does, for logs and metrics. Nothing in it is secret or personal. */
export type DispatchEvent =
  | {
      readonly kind: "action request";
      readonly requestId: string;
      readonly commands: number;
      readonly testOnly: boolean;
      /** HTTP status, or what happened instead of an answer. */
      readonly status: number | Exclude<Answer["kind"], "response">;
      readonly verdict: Verdict["kind"];
      readonly operationIds: readonly OperationId[];
    }
  | {
      readonly kind: "operation finished";
      readonly operationId: OperationId;
      readonly status: Status;
      readonly attempts: number;
      readonly code?: string;
    }
  | {
      readonly kind: "lane blocked";
      readonly reason: Block["reason"];
      readonly failures: number;
      readonly until: number;
    }
  | { readonly kind: "no token"; readonly reason: string }
  | { readonly kind: "requeued"; readonly messages: number; readonly reason: RequeueReason; readonly until: number }
  | { readonly kind: "dead-lettered"; readonly messageId: string; readonly reason: string }
  | { readonly kind: "unexpected error"; readonly name: string; readonly location: string };

export type RequeueReason = Block["reason"] | "budget" | "held" | "in-flight" | "time" | "unfinished" | "unexpected";
