import * as z from "zod/mini";
import type { HttpExchange } from "../http-exchange.ts";
import { parseJson } from "../parse-json.ts";
import { parseRetryAfter } from "../umapi/retry-after.ts";
import { type Exchange, TokenError } from "./token-source.ts";

const answerSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
});

/** Where and how long to ask. */
export interface ImsSettings {
  /** Without a slash at its end, such as `https://ims-na1.adobelogin.com`. */
  readonly imsUrl: string;
  readonly tokenTimeoutSeconds: number;
}

/** OAuth Server-to-Server: the client's secret against a token (Adobe Developer Console, `/ims/token/v2`). */
export function oauthExchange(http: HttpExchange, settings: ImsSettings, now: () => number): Exchange {
  return async ({ clientId, clientSecret }) => {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: "openid,AdobeID,user_management_sdk",
    });
    const result = await http.post(
      `${settings.imsUrl}/ims/token/v2`,
      { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      form.toString(),
      settings.tokenTimeoutSeconds * 1000,
    );
    if (result.kind !== "response") throw new TokenError("unavailable", "Adobe's token endpoint did not answer.");
    const { status, headers, text } = result;
    if (status === 400 || status === 401)
      throw new TokenError("refused", `Adobe's token endpoint refused the credentials with ${status}.`);
    const answer = answerSchema.safeParse(parseJson(text));
    if (status !== 200 || !answer.success)
      throw new TokenError("unavailable", `Adobe's token endpoint answered ${status} without a token.`, {
        retryAfterMs: parseRetryAfter(headers.get("retry-after"), headers.get("date"), now()),
      });
    // This endpoint counts in seconds.
    return { token: answer.data.access_token, expiresInMs: answer.data.expires_in * 1000 };
  };
}
