import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/protocols";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Fetch } from "../../shared/http/exchange.ts";
import { expectConfidential } from "../url.ts";

/**
 * Signs requests as an API Gateway HTTP API with IAM authorization wants them (AWS Signature Version 4). A signature goes
 * to the address that was asked for alone: redirects are answers. @throws CommandError for an address that is not confidential
 */
export function signedFetch(fetch: Fetch, region: string, credentials: AwsCredentialIdentityProvider): Fetch {
  const signer = new SignatureV4({ service: "execute-api", region, credentials, sha256: Sha256 });
  return async (given, init) => {
    const url = new URL(given);
    expectConfidential(url, "The URL to sign for");
    // A space may be written + in a query, but what is signed is %20, and not everybody takes one for the other.
    url.search = url.search.replaceAll("+", "%20");
    const { protocol, hostname, port, host, pathname, searchParams } = url;
    const request = new HttpRequest({
      method: init.method ?? "GET",
      protocol,
      hostname,
      ...(port === "" ? {} : { port: Number(port) }),
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...Object.fromEntries(new Headers(init.headers)), host },
      body: init.body,
    });
    const { headers } = await signer.sign(request);
    return await fetch(url.href, { ...init, headers, redirect: "manual" });
  };
}
