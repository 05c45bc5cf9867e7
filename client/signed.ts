import { expectConfidential } from "../shared/http/service-url.ts";
import type { CredentialProvider, Unauthorized } from "./authorization.ts";

export interface Signing {
  readonly region: string;
  readonly credentials: CredentialProvider;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const algorithm = "AWS4-HMAC-SHA256";
const service = "execute-api";

/**
 * Signs a request as an API Gateway HTTP API with IAM authorization wants it (AWS Signature Version 4). The library for it
 * is half as large as the whole client. IAM User Guide, "Create a signed AWS API request".
 *
 * @returns the URL and the headers to send it with
 * @throws UrlError for an address that is not confidential
 */
export async function signed(target: string, { method, headers: given, body = "" }: Unauthorized, signing: Signing) {
  const url = new URL(target);
  expectConfidential(url, "The URL to sign for");
  // A space may be written + in a query, but what is signed is %20, and not everybody takes one for the other.
  url.search = url.search.replaceAll("+", "%20");
  const { region, credentials, now } = signing;
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
  const time = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const headers: Record<string, string> = {
    ...given,
    "x-amz-date": time,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const signedHeaders = Object.entries({ ...headers, host: url.host }).toSorted(([one], [other]) => byCode(one, other));
  const names = signedHeaders.map(([name]) => name).join(";");
  const canonical = [
    method,
    url.pathname.split("/").map(encoded).join("/"),
    queryOf(url),
    ...signedHeaders.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}`),
    "",
    names,
    hex(await digest(body)),
  ].join("\n");
  const toSign = [algorithm, time, scope, hex(await digest(canonical))].join("\n");
  let key: ArrayBuffer | Uint8Array<ArrayBuffer> = bytesOf(`AWS4${secretAccessKey}`);
  for (const part of scope.split("/")) key = await hmac(key, part);
  const signature = hex(await hmac(key, toSign));
  headers["authorization"] =
    `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { url: url.href, headers };
}

function queryOf({ searchParams }: URL): string {
  return [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted(byCode)
    .join("&");
}

/** RFC 3986: everything but unreserved characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function hmac(secret: ArrayBuffer | Uint8Array<ArrayBuffer>, text: string): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return await crypto.subtle.sign("HMAC", key, bytesOf(text));
}

const digest = (text: string) => crypto.subtle.digest("SHA-256", bytesOf(text));
const bytesOf = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const byCode = (one: string, other: string) => (one < other ? -1 : 1);
