import type { Command } from "../umapi/command.ts";

/** The id of an operation as the API shows it. Carries no personal data, so it may stand in logs. */
export type OperationId = string & { readonly __brand: "OperationId" };

/** What a caller submitted: one command of any size, with its id and its generation. */
export interface Operation {
  readonly id: OperationId;
  readonly command: Command;
  /** Adobe checks the command and changes nothing. */
  readonly testOnly: boolean;
  /** Who handed it in, as the API's authorizer names the caller; absent where it names none. */
  readonly submittedBy?: string;
  /** The operation is not sent before this time, in milliseconds since the epoch. */
  readonly notBefore?: number;
  /** 0 when first submitted, one more for every retry by a caller. */
  readonly generation: number;
  /** How often this generation was put into the queue again. @default 0 */
  readonly release?: number;
  /** The set of removals above the limit that holds it until somebody decides about the set. */
  readonly removalSet?: number;
  /** How many operations its call has. Absent where an earlier version has accepted it. */
  readonly callSize?: number;
  /** When the call was accepted, in milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** When this generation was queued, in milliseconds since the epoch. */
  readonly queuedAt: number;
}
