import type { HttpExchange } from "../http/exchange.ts";
import { jwtExchange } from "./jwt.ts";
import { oauthExchange } from "./oauth.ts";
import { type ImsSettings, TokenRequests } from "./token-request.ts";
import type { Exchange } from "./token-source.ts";

/** Returns the exchange for a way to a token: OAuth Server-to-Server, or the walkthrough's signed JWT. */
export function exchangeBy(auth: "oauth" | "jwt", http: HttpExchange, ims: ImsSettings, now: () => number): Exchange {
  const requests = new TokenRequests(http, ims, now);
  return auth === "jwt" ? jwtExchange(requests, now) : oauthExchange(requests);
}
