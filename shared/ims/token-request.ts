import * as z from "zod/mini";
import type { HttpExchange } from "../http/exchange.ts";
import { withFault } from "../http/network-fault.ts";
import { parseJson } from "../http/parse-json.ts";
import { parseRetryAfter } from "../http/retry-after.ts";
import { TokenError } from "./token-source.ts";

/** The URL of the token endpoints, and how long to wait for them. */
export interface ImsSettings {
  /** Without a slash at its end, such as `https://ims-na1.adobelogin.com`. */
  readonly imsUrl: string;
  readonly tokenTimeoutSeconds: number;
}

const answerSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
});

/** Asks Adobe's token endpoints; refusals and failures become a `TokenError`. */
export class TokenRequests {
  readonly #http: HttpExchange;
  readonly #settings: ImsSettings;
  readonly #now: () => number;

  constructor(http: HttpExchange, settings: ImsSettings, now: () => number) {
    this.#http = http;
    this.#settings = settings;
    this.#now = now;
  }

  /**
   * @returns the token, and `expires_in` in the endpoint's own unit
   * @throws TokenError
   */
  async post(path: string, form: Record<string, string>): Promise<{ token: string; expiresIn: number }> {
    const result = await this.#http.post(
      `${this.#settings.imsUrl}${path}`,
      { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      new URLSearchParams(form).toString(),
      this.#settings.tokenTimeoutSeconds * 1000,
    );
    if (result.kind !== "response") {
      const { fault } = result;
      throw new TokenError("unavailable", withFault("Adobe's token endpoint did not answer", fault), { fault });
    }
    const { status, headers, text } = result;
    if (status === 400 || status === 401)
      throw new TokenError("refused", `Adobe's token endpoint refused the credentials with ${status}.`);
    const answer = answerSchema.safeParse(parseJson(text));
    if (status !== 200 || !answer.success)
      throw new TokenError("unavailable", `Adobe's token endpoint answered ${status} without a token.`, {
        retryAfterMs: parseRetryAfter(headers.get("retry-after"), headers.get("date"), this.#now()),
      });
    return { token: answer.data.access_token, expiresIn: answer.data.expires_in };
  }
}
