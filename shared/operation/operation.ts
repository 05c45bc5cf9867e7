import type { Command } from "../umapi/command.ts";

/** The id of an operation as the API shows it. Carries no personal data, so it may stand in logs. */
export type OperationId = string & { readonly __brand: "OperationId" };

/** What a caller handed in: one command of any size, and where it stands in the order of its kind. */
export interface Operation {
  readonly id: OperationId;
  readonly command: Command;
  /** Adobe checks the command and changes nothing. */
  readonly testOnly: boolean;
  /** Who handed it in, as the API's authorizer names the caller; absent where it names none. */
  readonly submittedBy?: string;
  /** It is not sent before that day, in milliseconds since the epoch. */
  readonly notBefore?: number;
  /** 0 when first handed in, one more for every retry that a caller asked for. */
  readonly generation: number;
  /** How often this generation was put into the queue anew. @default 0 */
  readonly release?: number;
  /** How many operations its call has. Absent where an earlier version has accepted it. */
  readonly callSize?: number;
  /** When the call was accepted, in milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** When this generation was queued, in milliseconds since the epoch. */
  readonly queuedAt: number;
}
