import type { NetworkFault } from "../http/network-fault.ts";
import type { Clock } from "../time/clock.ts";
import type { Access } from "../umapi/access.ts";
import type { Credentials } from "./credentials.ts";

/** A way to exchange credentials, with one of their client secrets, for a token. It rejects with `TokenError`. */
export type Exchange = (
  credentials: Credentials,
  clientSecret: string,
) => Promise<{ readonly token: string; readonly expiresInMs: number }>;

/** Why there is no token. The message never shows a credential. */
export class TokenError extends Error {
  override readonly name = "TokenError";
  /**
   * `refused`: Adobe does not accept the credentials. `unreadable`: the secret could not be read, or its content is
   * unusable. `unavailable`: Adobe's token endpoint could not be reached, or failed.
   */
  readonly kind: "refused" | "unreadable" | "unavailable";
  readonly retryAfterMs: number | undefined;
  /** AWS's name for the failure to read the secret. */
  readonly awsError: string | undefined;
  /** The failure of the network. */
  readonly fault: NetworkFault | undefined;

  constructor(
    kind: TokenError["kind"],
    message: string,
    options: {
      retryAfterMs?: number | undefined;
      awsError?: string;
      fault?: NetworkFault | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.awsError = options.awsError;
    this.fault = options.fault;
  }
}

/** A new token is fetched this long before the old one expires. */
const renewAheadMs = 5 * 60 * 1000;

/**
 * Keeps one token in memory. One caller at a time exchanges credentials; the others wait for it. A failure is not kept:
 * the next caller reads the secret and tries again.
 */
export class TokenSource {
  readonly #clock: Clock;
  readonly #readCredentials: () => Promise<Credentials>;
  readonly #exchange: Exchange;
  #current: { access: Access; renewAt: number } | undefined;
  #pending: Promise<Access> | undefined;

  constructor(clock: Clock, readCredentials: () => Promise<Credentials>, exchange: Exchange) {
    this.#clock = clock;
    this.#readCredentials = readCredentials;
    this.#exchange = exchange;
  }

  /** @throws TokenError */
  async access(): Promise<Access> {
    const current = this.#current;
    if (current !== undefined && this.#clock.now() < current.renewAt) return current.access;
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = undefined;
    });
    // A failure to renew early does no harm while the old token is valid.
    return await this.#pending.catch((error) => {
      if (current !== undefined && this.#clock.now() < current.access.expiresAt) return current.access;
      throw error;
    });
  }

  /** Forgets a token that Adobe refused, so that the next caller reads the secret and gets a new token. */
  forget(refused: Access): void {
    if (this.#current?.access.token === refused.token) this.#current = undefined;
  }

  async #renew(): Promise<Access> {
    const credentials = await this.#readCredentials();
    const startedAt = this.#clock.now();
    const { token, expiresInMs } = await this.#exchangeAny(credentials);
    const { clientId, orgId } = credentials;
    const access = { token, clientId, orgId, expiresAt: startedAt + expiresInMs };
    this.#current = { access, renewAt: startedAt + Math.max(expiresInMs - renewAheadMs, expiresInMs / 2) };
    return access;
  }

  /** Tries the client secrets in order until one is not refused. */
  async #exchangeAny(credentials: Credentials): ReturnType<Exchange> {
    const [first, ...others] = credentials.clientSecrets;
    let attempt = this.#exchange(credentials, first);
    for (const secret of others)
      attempt = attempt.catch((error) => {
        if (error instanceof TokenError && error.kind === "refused") return this.#exchange(credentials, secret);
        throw error;
      });
    return await attempt;
  }
}
