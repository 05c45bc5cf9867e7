/** The API that a fault affects; `record` is that of the HR systems. */
export type FaultTarget = "action" | "users" | "groups" | "token" | "record";

export type FaultEffect =
  | {
      readonly kind: "status";
      readonly status: number;
      /** Seconds, or a value to send as it is. */
      readonly retryAfter?: number | string;
      /** A string goes out as it is, anything else as JSON. */
      readonly body?: unknown;
      readonly contentType?: string;
      readonly message?: string;
    }
  | { readonly kind: "reset" }
  | { readonly kind: "hang" }
  | { readonly kind: "applied-then-reset" };

/** The failure of one command in an otherwise normal answer. */
export interface CommandError {
  readonly kind: "command-error";
  readonly errorCode: string;
  readonly message: string;
  readonly step?: number;
}

/** Names the command whose request gets the fault, compared without regard to case. */
export type CommandMatch =
  | { readonly root: "user"; readonly name: string }
  | { readonly root: "usergroup"; readonly name: string };

export interface PlannedFault {
  readonly on: FaultTarget;
  readonly command?: CommandMatch;
  readonly effect: FaultEffect | CommandError;
  /** How many calls it still affects. */
  readonly times: number;
  /** How many matching calls pass before. */
  readonly after: number;
  /** The fault as it was requested. */
  readonly entry: Readonly<Record<string, unknown>>;
}
