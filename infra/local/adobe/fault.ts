/** The API that a fault befalls. */
export type FaultTarget = "action" | "users" | "groups" | "token";

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

/** The failure of one command in an answer that is otherwise the organisation's own. */
export interface CommandError {
  readonly kind: "command-error";
  readonly errorCode: string;
  readonly message: string;
  readonly step?: number;
}

/** Names the command that draws the fault onto its request, compared without regard to case. */
export type CommandMatch =
  | { readonly root: "user"; readonly name: string }
  | { readonly root: "usergroup"; readonly name: string };

export interface Fault {
  readonly on: FaultTarget;
  readonly command?: CommandMatch;
  readonly effect: FaultEffect | CommandError;
  /** Calls it still befalls. */
  readonly times: number;
  /** Matching calls it lets through first. */
  readonly after: number;
  /** As it was asked for. */
  readonly entry: Readonly<Record<string, unknown>>;
}
