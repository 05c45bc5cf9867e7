/** A bearer token, and what else a request needs. Never logged. */
export interface Access {
  readonly token: string;
  readonly clientId: string;
  readonly orgId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}
