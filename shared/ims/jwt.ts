import { createPrivateKey, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import type { Credentials } from "./credentials.ts";
import type { TokenRequests } from "./token-request.ts";
import { type Exchange, TokenError } from "./token-source.ts";

/** The host that claims must name, whatever URL reaches Adobe. */
const imsHost = "https://ims-na1.adobelogin.com";
/** Adobe accepts up to 24 h. A JWT is used once, right away. */
const lifetimeSeconds = 5 * 60;

/** Service Account JWT, the walkthrough's way: exchanges a signed statement and the client secret for a token. */
export function jwtExchange(requests: TokenRequests, now: () => number): Exchange {
  return async (credentials, clientSecret) => {
    const { clientId } = credentials;
    const { token, expiresIn } = await requests.post("/ims/exchange/jwt", {
      client_id: clientId,
      client_secret: clientSecret,
      jwt_token: await sign(credentials, Math.floor(now() / 1000) + lifetimeSeconds),
    });
    // This endpoint gives milliseconds.
    return { token, expiresInMs: expiresIn };
  };
}

/** @param expiresAt seconds since the epoch */
async function sign(credentials: Credentials, expiresAt: number): Promise<string> {
  const { orgId, clientId, technicalAccountId, privateKey } = credentials;
  if (technicalAccountId === undefined || privateKey === undefined)
    throw new TokenError("unreadable", "For JWT, the credentials must also hold technicalAccountId and privateKey.");
  return await new SignJWT({ [`${imsHost}/s/ent_user_sdk`]: true })
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(orgId)
    .setSubject(technicalAccountId)
    .setAudience(`${imsHost}/c/${clientId}`)
    .setExpirationTime(expiresAt)
    .sign(readKey(privateKey, credentials.privateKeyPassphrase));
}

function readKey(pem: string, passphrase: string | undefined): KeyObject {
  const key = parseKey(pem, passphrase);
  // RFC 7518, 3.3: RS256 needs RSA keys of 2048 bits or more.
  if (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key;
  throw new TokenError("unreadable", "The credentials' privateKey is not an RSA key of 2048 bits or more.");
}

function parseKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // OpenSSL's own message may quote the key.
    const hint = passphrase === undefined ? "or needs privateKeyPassphrase" : "or privateKeyPassphrase is wrong";
    throw new TokenError(
      "unreadable",
      `The credentials' privateKey is not a private key in PEM, ${hint}. umapi import-config says what is wrong with it.`,
    );
  }
}
