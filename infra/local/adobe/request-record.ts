/** A request as `/_sandbox/requests` shows it. */
export interface RequestRecord {
  /** Epoch milliseconds at arrival. */
  readonly at: number;
  readonly method: string;
  /** With its query, except for token requests, whose query may hold a secret. */
  readonly path: string;
  /** Null while it is unanswered and for a cut connection. */
  status: number | null;
  /** How many commands an action request held. */
  readonly commands: number;
}
