import type { UserName } from "../umapi/client.ts";
import type { Parked } from "./parked.ts";
import type { Progress } from "./progress.ts";

/** Why an operation failed, as its caller is told. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
  /** Index of the failed step in the caller's own `do`; absent where Adobe named none. */
  readonly step?: number;
}

/** What one answer means for one operation. */
export type Outcome =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly error: OperationError }
  /** Not finished: it goes again, from where `progress` says. */
  | { readonly kind: "again"; readonly progress: Progress }
  /**
   * An attempt counts against it; it goes again after its own backoff, or fails if that was its last. `notBefore`
   * (milliseconds since the epoch): until then Adobe may still apply the attempt.
   */
  | {
      readonly kind: "charged";
      readonly progress: Progress;
      readonly error: OperationError;
      readonly as: "held" | "suspect";
      readonly notBefore?: number;
    }
  /** It goes again once Adobe takes what draws the code, or after its own backoff. Nothing counts against it. */
  | { readonly kind: "held"; readonly progress: Progress; readonly code?: string }
  /** It waits on its own account, and nothing counts against it. */
  | { readonly kind: "parked"; readonly progress: Progress; readonly parked: Parked }
  /** It depends on whether Adobe knows the user by the new name. */
  | {
      readonly kind: "renamed";
      readonly newName: UserName;
      readonly confirmed: SettledOutcome;
      readonly refuted: SettledOutcome;
      /** Nobody could tell. */
      readonly unclear: SettledOutcome;
    };

/** An outcome that depends on nothing any more. */
export type SettledOutcome = Exclude<Outcome, { kind: "renamed" }>;
