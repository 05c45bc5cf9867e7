import { errors, type JWTPayload, jwtVerify } from "jose";
import { formFields } from "./form.ts";
import { type Integration, TOKEN_LIFETIME_MS } from "./integration.ts";
import { type AdobeRequest, json, type Reply } from "./reply.ts";

const IMS = "https://ims-na1.adobelogin.com";
const METASCOPE = `${IMS}/s/ent_user_sdk`;

/** The reason why IMS refuses a token. */
class ImsError extends Error {
  readonly status: 400 | 401;
  readonly error: string;

  constructor(status: 400 | 401, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

export type Exchange = "oauth" | "jwt";

/** Answers a request for an access token, by client secret (`expires_in` in seconds) or by JWT (in milliseconds). */
export async function exchangeToken(
  exchange: Exchange,
  request: AdobeRequest,
  at: { readonly query: URLSearchParams; readonly integration: Integration; readonly now: number },
): Promise<Reply> {
  if (request.method !== "POST") return json(405, { error: "method_not_allowed" }, { allow: "POST" });
  try {
    const fields = await formFields(request, at.query);
    checkClient(fields, at.integration);
    if (exchange === "oauth") checkGrant(fields);
    else await checkJwt(required(fields, "jwt_token"), at.integration, at.now);
    return json(200, {
      access_token: at.integration.issueToken(at.now),
      token_type: "bearer",
      expires_in: exchange === "oauth" ? TOKEN_LIFETIME_MS / 1000 : TOKEN_LIFETIME_MS,
    });
  } catch (refusal) {
    if (!(refusal instanceof ImsError)) throw refusal;
    return json(refusal.status, { error: refusal.error, error_description: refusal.message });
  }
}

function checkClient(fields: ReadonlyMap<string, string>, integration: Integration): void {
  if (required(fields, "client_id") !== integration.clientId) {
    throw new ImsError(400, "invalid_client", "invalid client_id parameter");
  }
  if (!integration.acceptsSecret(required(fields, "client_secret"))) {
    throw new ImsError(401, "invalid_client", "invalid client_secret parameter");
  }
}

function checkGrant(fields: ReadonlyMap<string, string>): void {
  if (required(fields, "grant_type") !== "client_credentials") {
    throw new ImsError(400, "unsupported_grant_type", "grant_type must be client_credentials");
  }
  if (
    !required(fields, "scope")
      .split(/[\s,]+/)
      .includes("user_management_sdk")
  ) {
    throw new ImsError(400, "invalid_scope", "scope must include user_management_sdk");
  }
}

async function checkJwt(token: string, integration: Integration, now: number): Promise<void> {
  const claims = await verified(token, integration, now);
  if ((claims.exp ?? 0) * 1000 > now + TOKEN_LIFETIME_MS) {
    throw new ImsError(400, "invalid_token", "JWT token: exp must be at most 24 hours ahead");
  }
  if (claims[METASCOPE] !== true) {
    throw new ImsError(400, "invalid_scope", `JWT token: claim ${METASCOPE} must be true`);
  }
}

async function verified(token: string, integration: Integration, now: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, integration.publicKey, {
      algorithms: ["RS256"],
      issuer: integration.orgId,
      subject: integration.technicalAccountId,
      audience: `${IMS}/c/${integration.clientId}`,
      requiredClaims: ["exp"],
      currentDate: new Date(now),
    });
    return payload;
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause;
    throw new ImsError(400, "invalid_token", `JWT token: ${cause.message}`);
  }
}

function required(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (!value) throw new ImsError(400, "invalid_request", `missing ${name} parameter`);
  return value;
}
