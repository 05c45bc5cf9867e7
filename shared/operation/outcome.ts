import type { UserName } from "../umapi/client.ts";
import type { OperationId } from "./operation.ts";
import type { Parked } from "./parked.ts";
import type { Progress } from "./progress.ts";

/** Why an operation failed, as the API tells its caller. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
  /** Index of the failed step in the caller's own `do`; absent if Adobe named none. */
  readonly step?: number;
}

/** What one answer means for one operation. */
export type Outcome =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly error: OperationError }
  /** `by`: the caller who canceled it; absent if the API's authorizer names none. */
  | { readonly kind: "canceled"; readonly by?: string }
  /** Not to be done any more. `by`: the operation that removed the person first. */
  | { readonly kind: "superseded"; readonly by: OperationId }
  /** Not finished: it is sent again, from the step that `progress` says. */
  | { readonly kind: "again"; readonly progress: Progress }
  /**
   * An attempt is charged. The operation is sent again after its own backoff, or fails if that was the last attempt.
   * `notBefore` (milliseconds since the epoch): until then Adobe may still apply the attempt.
   */
  | {
      readonly kind: "charged";
      readonly progress: Progress;
      readonly error: OperationError;
      readonly as: "held" | "suspect";
      readonly notBefore?: number;
    }
  /** It is sent again once Adobe takes operations with this code, or after its own backoff. Nothing is charged. */
  | { readonly kind: "held"; readonly progress: Progress; readonly code?: string }
  /** It waits on its own account, and nothing is charged. */
  | { readonly kind: "parked"; readonly progress: Progress; readonly parked: Parked }
  /** A leaver that went ahead goes again in its place, because older work may be what it needs. */
  | { readonly kind: "in its place"; readonly progress: Progress }
  /** The outcome depends on whether Adobe knows the user by the new name. */
  | {
      readonly kind: "renamed";
      readonly newName: UserName;
      readonly confirmed: SettledOutcome;
      readonly refuted: SettledOutcome;
      /** The outcome if that could not be found out. */
      readonly unclear: SettledOutcome;
    };

/** An outcome that no longer depends on a look at Adobe's users. */
export type SettledOutcome = Exclude<Outcome, { kind: "renamed" }>;
