import { lookup } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Fetch } from "./exchange.ts";
import { isPublicAddress } from "./public-address.ts";

export interface PublicFetchOptions {
  /** The longest body that is read of an answer. */
  readonly maxBytes: number;
  /** Resolves names. @default - the system does */
  readonly lookup?: LookupFunction;
  /** Whether requests go through a proxy, which then resolves the names, and decides what it connects to. @default false */
  readonly isProxied?: boolean;
  /** A server of any address that is reached all the same, such as `http://127.0.0.1:3001`. @default - none */
  readonly localOrigin?: string | undefined;
}

/** Codes of errors of `publicFetch`; `network-faults.ts` says what they mean. */
export const notPublic = "ERR_ADDRESS_NOT_PUBLIC";
export const tooLarge = "ERR_ANSWER_TOO_LARGE";

/**
 * A `fetch` for URLs that others have a say in. It connects over https to public addresses alone, whatever a name resolves
 * to: the address that was judged is the one that it connects to. It follows no redirect, and stops reading an answer that
 * is too large. It rejects with Node's own errors, or with one of the codes above.
 */
export function publicFetch({
  maxBytes,
  lookup: resolve = lookup,
  isProxied = false,
  localOrigin,
}: PublicFetchOptions): Fetch {
  return async (target, { method = "GET", headers, body, signal }) => {
    const url = new URL(target);
    const isLocal = url.origin === localOrigin;
    if (!isLocal) expectPublic(url);
    const request = (isLocal ? http : https).request(url, {
      method,
      headers: { "accept-encoding": "identity", ...Object.fromEntries(new Headers(headers)) },
      // Behind a proxy, the name that is resolved is the proxy's.
      ...(isLocal || isProxied ? {} : { lookup: guarded(resolve) }),
      ...(signal ? { signal } : {}),
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on("response", resolve).on("error", reject);
      request.end(typeof body === "string" ? body : undefined);
    });
    return toResponse(response, await readBody(response, maxBytes));
  };
}

/** No name is looked up for an address that stands in the URL itself. */
function expectPublic({ protocol, hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  if (protocol !== "https:" || (isIP(address) !== 0 && !isPublicAddress(address))) throw failure(notPublic);
}

function guarded(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, options, (error, found, family) => {
      const addresses = typeof found === "string" ? [found] : (found ?? []).map(({ address }) => address);
      if (error === null && !addresses.every(isPublicAddress)) callback(failure(notPublic), found, family);
      else callback(error, found, family);
    });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > maxBytes) throw failure(tooLarge);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toResponse({ statusCode = 0, rawHeaders }: IncomingMessage, body: Buffer): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  const isEmpty = statusCode === 204 || statusCode === 205 || statusCode === 304;
  return new Response(isEmpty ? null : new Uint8Array(body), { status: statusCode, headers });
}

const failure = (code: string) => Object.assign(new Error(code), { code });
