import type { Integration } from "./integration.ts";
import { type AdobeRequest, type HttpReply, json } from "./reply.ts";

/** Whether the request carries a key that the quota can be counted for; the answer if not. */
export function checkKey(request: AdobeRequest, integration: Integration): HttpReply | undefined {
  const key = request.headers["x-api-key"];
  if (!key) return json(403, { error_code: "403000", message: "Api Key is required" });
  if (key !== integration.clientId) return json(403, { error_code: "403003", message: "Api Key is invalid" });
  return undefined;
}

/** Whether the token is valid and the organisation the integration's own; the answer if not. */
export function checkToken(
  request: AdobeRequest,
  at: { readonly integration: Integration; readonly orgId: string; readonly now: number },
): HttpReply | undefined {
  const [, token] = /^Bearer (\S+)$/i.exec(request.headers["authorization"] ?? "") ?? [];
  if (token === undefined) return unauthorised("401010", "Oauth token is missing");
  if (!at.integration.acceptsToken(token, at.now)) return unauthorised("401013", "Oauth token is not valid");
  if (!/^[^@/]+@AdobeOrg$/.test(at.orgId)) {
    return json(400, { result: "error.organization.invalid_id", message: "Bad organization Id" });
  }
  if (at.orgId !== at.integration.orgId) return unauthorised("401013", "Organization does not match the token");
  return undefined;
}

export function unauthorised(code: string, message: string): HttpReply {
  return json(
    401,
    { error_code: code, message },
    {
      "www-authenticate": 'Bearer realm="JIL", error="invalid_token", error_description="The access token is invalid"',
    },
  );
}
