import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { signed } from "../../../client/signed.ts";
import { type Recorded, recordingServer } from "./recording-server.ts";

const server = await recordingServer();
const accessKeyId = "AKIDEXAMPLE";
const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
/** RFC 3986: everything but unreserved characters. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What `Authorization` has to be for a request as it arrived. IAM User Guide, "Create a signed AWS API request". The path
 * is encoded once more (for all services but S3), the query decoded, encoded, and sorted.
 */
function authorizationOf({ method, target, headers, body }: Recorded, region: string): string {
  const [path = "", query = ""] = target.split("?", 2);
  const names = Object.keys(headers)
    .filter((name) => name === "host" || name === "content-type" || name.startsWith("x-amz-"))
    .concat(headers["idempotency-key"] === undefined ? [] : ["idempotency-key"])
    .toSorted();
  const parameters = (query === "" ? [] : query.split("&"))
    .map((each) =>
      each
        .split("=", 2)
        .map((part) => encoded(decodeURIComponent(part)))
        .join("="),
    )
    .toSorted();
  const canonical = [
    method,
    path.split("/").map(encoded).join("/"),
    parameters.join("&"),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, " ")}`),
    "",
    names.join(";"),
    hash(body),
  ].join("\n");
  const time = String(headers["x-amz-date"]);
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const key = scope.split("/").reduce((parent: string | Buffer, part) => hmac(parent, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope, hash(canonical)].join("\n")).toString("hex");
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
}

test("every request carries the signature that AWS computes for what arrives", async () => {
  server.answer(() => ({ status: 200 }));
  const word = fc.oneof(fc.constantFrom("jane+tag@example.com", "a b", "1*2~3", "ü/é", "%20", ""), fc.string());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("eu-west-1", "us-gov-west-1"),
      fc.option(fc.stringMatching(/^[A-Za-z0-9/+=]{1,60}$/), { nil: undefined }),
      // An id is never empty, and what URLs normalize is nothing to sign.
      fc.array(
        word.filter((each) => !["", ".", ".."].includes(each)),
        { maxLength: 2 },
      ),
      fc.dictionary(fc.constantFrom("status", "user", "cursor", "limit"), word, { maxKeys: 3 }),
      fc.option(fc.json(), { nil: undefined }),
      async (region, sessionToken, path, query, body) => {
        const identity = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
        const parameters = new URLSearchParams(query);
        const target = `${server.url}/v1/${path.map(encodeURIComponent).join("/")}${parameters.size === 0 ? "" : `?${parameters}`}`;
        const request =
          body === undefined
            ? { method: "GET", headers: {} }
            : { method: "POST", body, headers: { "content-type": "application/json", "idempotency-key": "a  key" } };
        const { url, headers } = await signed(target, request, {
          region,
          credentials: async () => identity,
          now: Date.now,
        });
        await fetch(url, { ...request, headers });
        const arrived = server.requests.at(-1);
        if (arrived === undefined) throw new Error("Nothing arrived");
        expect(arrived.headers["x-amz-date"]).toMatch(/^\d{8}T\d{6}Z$/);
        expect(arrived.headers["x-amz-security-token"]).toBe(sessionToken);
        expect(arrived.headers.authorization).toBe(authorizationOf(arrived, region));
        expect(arrived.body).toBe(body ?? "");
        // What was asked for is what arrives.
        expect(Object.fromEntries(new URL(arrived.target, server.url).searchParams)).toEqual({ ...query });
        expect(JSON.stringify(arrived)).not.toContain(secretAccessKey);
      },
    ),
    { numRuns: 60 },
  );
});
