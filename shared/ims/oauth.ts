import type { TokenRequests } from "./token-request.ts";
import type { Exchange } from "./token-source.ts";

/** OAuth Server-to-Server: exchanges the client secret for a token. */
export function oauthExchange(requests: TokenRequests): Exchange {
  return async ({ clientId }, clientSecret) => {
    const { token, expiresIn } = await requests.post("/ims/token/v2", {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: "openid,AdobeID,user_management_sdk",
    });
    // This endpoint gives seconds.
    return { token, expiresInMs: expiresIn * 1000 };
  };
}
