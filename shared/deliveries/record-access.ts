import * as z from "zod/mini";
import type { HttpExchange } from "../http/exchange.ts";
import { parseJson } from "../http/parse-json.ts";
import type { Clock } from "../time/clock.ts";
import type { RecordRequest } from "../webhooks/configuration.ts";
import type { RecordCredentials } from "../webhooks/secrets.ts";

/** How long a token endpoint may take to answer. */
const timeoutMs = 10_000;
/** A token is no longer used this long before it expires. */
const renewAheadMs = 60_000;

const tokenSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z._default(z.coerce.number().check(z.positive()), 300),
});

export type RecordAccess =
  | { readonly kind: "granted"; readonly authorization: string }
  /** The credentials are missing, or are of another kind than the configuration asks for. */
  | { readonly kind: "no-credentials" }
  /** The token endpoint refuses the credentials, or gives no token now. */
  | { readonly kind: "refused" | "unavailable" };

/** Proves to HR systems that records may be read. Tokens are kept in memory, and failures are not. */
export class RecordAccesses {
  readonly #http: HttpExchange;
  readonly #clock: Clock;
  readonly #tokens = new Map<string, { readonly authorization: string; readonly until: number }>();

  constructor(http: HttpExchange, clock: Clock) {
    this.#http = http;
    this.#clock = clock;
  }

  /** The value of the header `Authorization`. Never throws because of the network or the other side. */
  async to({ auth }: RecordRequest, credentials: RecordCredentials | undefined): Promise<RecordAccess> {
    if (credentials === undefined) return { kind: "no-credentials" };
    if (auth === "basic" && "username" in credentials) {
      const { username, password } = credentials;
      return granted(`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
    }
    if (auth === "bearer" && "token" in credentials) return granted(`Bearer ${credentials.token}`);
    if (typeof auth === "object" && "clientId" in credentials) return await this.#token(auth, credentials);
    return { kind: "no-credentials" };
  }

  /** Forgets tokens that an HR system has refused. */
  forget(authorization: string): void {
    for (const [key, token] of this.#tokens) if (token.authorization === authorization) this.#tokens.delete(key);
  }

  async #token(
    { tokenUrl, scope }: Exclude<RecordRequest["auth"], string>,
    { clientId, clientSecret }: Extract<RecordCredentials, { readonly clientId: string }>,
  ): Promise<RecordAccess> {
    const key = JSON.stringify([tokenUrl, scope, clientId, clientSecret]);
    const known = this.#tokens.get(key);
    const askedAt = this.#clock.now();
    if (known !== undefined && askedAt < known.until) return granted(known.authorization);
    const form = {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope !== undefined && { scope }),
    };
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    const result = await this.#http.post(tokenUrl, headers, new URLSearchParams(form).toString(), timeoutMs);
    if (result.kind !== "response") return { kind: "unavailable" };
    if (result.status === 400 || result.status === 401) return { kind: "refused" };
    const answer = tokenSchema.safeParse(parseJson(result.text));
    if (result.status !== 200 || !answer.success) return { kind: "unavailable" };
    const authorization = `Bearer ${answer.data.access_token}`;
    this.#tokens.set(key, { authorization, until: askedAt + answer.data.expires_in * 1000 - renewAheadMs });
    return granted(authorization);
  }
}

const granted = (authorization: string): RecordAccess => ({ kind: "granted", authorization });
