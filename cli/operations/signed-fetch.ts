import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/protocols";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Fetch } from "../../shared/http-exchange.ts";

/** Signs requests as an API Gateway HTTP API with IAM authorization wants them (AWS Signature Version 4). */
export function signedFetch(fetch: Fetch, region: string, credentials: AwsCredentialIdentityProvider): Fetch {
  const signer = new SignatureV4({ service: "execute-api", region, credentials, sha256: Sha256 });
  return async (url, init) => {
    const { protocol, hostname, port, host, pathname, searchParams } = new URL(url);
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
    return await fetch(url, { ...init, headers });
  };
}
