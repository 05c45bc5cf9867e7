import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { BearerRules } from "./configuration.ts";

/** Finds the public keys at a URL. */
export type FindKeys = (jwks: string) => JWTVerifyGetKey;

/** What a token says: it proves the sender, or does not, or its issuer's keys cannot be had now. */
export type TokenVerdict = "accepted" | "refused" | "unavailable";

/** Only keys of two parts: a public key must not pass as a shared secret. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/**
 * Judges the token of a header `Authorization`. It must be signed by the issuer, name our audience, and end some time.
 *
 * @param now milliseconds since the epoch
 */
export async function judgeToken(
  { issuer, audience, jwks }: BearerRules,
  findKeys: FindKeys,
  authorization: string | undefined,
  now: number,
): Promise<TokenVerdict> {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined || !isCanonical(token)) return "refused";
  try {
    const rules = { issuer, audience, algorithms, requiredClaims: ["exp"], currentDate: new Date(now) };
    await jwtVerify(token, findKeys(jwks), rules);
    return "accepted";
  } catch (error) {
    return isOwn(error) ? "refused" : "unavailable";
  }
}

/** Whether each part is the only spelling of its bytes, so that no character can be changed unseen. */
function isCanonical(token: string): boolean {
  return token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
}

/** Whether the token itself is at fault, and not the way to the issuer's keys. */
function isOwn(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== "ERR_JOSE_GENERIC"
  );
}

/** Finds public keys over the network, and keeps them for as long as jose does. */
export function remoteKeys(): FindKeys {
  const known = new Map<string, JWTVerifyGetKey>();
  return (jwks) => {
    const found = known.get(jwks) ?? createRemoteJWKSet(new URL(jwks), { timeoutDuration: 2000 });
    known.set(jwks, found);
    return found;
  };
}
