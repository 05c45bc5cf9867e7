import { describe, expect, test } from "vitest";
import { networkDetails, networkFault, withFault } from "../../../shared/http/network-fault.ts";

const coded = (code: string, more: object = {}) => Object.assign(new Error(`${code} in words`), { code, ...more });
/** As `fetch` rejects. */
const fetchFailed = (cause: Error) => new TypeError("fetch failed", { cause });

describe("Every code of the network says what it means and what to do", () => {
  test.each([
    ["ENOTFOUND", /host name is not known.*HTTPS_PROXY/],
    ["EAI_AGAIN", /DNS server answers.*DNS/],
    ["ECONNREFUSED", /nothing listens.*port/],
    ["ECONNRESET", /cut.*firewall/],
    ["EPIPE", /cut/],
    ["UND_ERR_SOCKET", /cut/],
    ["ETIMEDOUT", /no answer came in time.*HTTPS_PROXY/],
    ["UND_ERR_CONNECT_TIMEOUT", /no answer came in time/],
    ["UND_ERR_HEADERS_TIMEOUT", /no answer came in time/],
    ["EHOSTUNREACH", /no route to it/],
    ["ENETUNREACH", /no route to it/],
    ["CERT_HAS_EXPIRED", /has expired.*clock/],
    ["CERT_NOT_YET_VALID", /not valid yet.*clock/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /authority.*NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_GET_ISSUER_CERT", /authority.*NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /authority.*NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /authority.*NODE_EXTRA_CA_CERTS/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /signed by itself.*NODE_EXTRA_CA_CERTS/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /another host/],
    ["CERT_REVOKED", /certificate cannot be used/],
    ["INVALID_CA", /certificate cannot be used/],
    ["EPROTO", /TLS/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", /TLS/],
    ["HPE_INVALID_CONSTANT", /not speak HTTP/],
    ["ERR_ADDRESS_NOT_PUBLIC", /not on the public internet/],
    ["ERR_ANSWER_TOO_LARGE", /too large/],
  ])("%s", (code, words) => {
    for (const error of [
      coded(code),
      fetchFailed(coded(code)),
      fetchFailed(new AggregateError([coded(code), coded(code)])),
    ]) {
      const fault = networkFault(error);
      expect(fault?.code).toBe(code);
      expect(withFault("It", fault)).toMatch(words);
      expect(withFault("It", fault)).toMatch(new RegExp(`^It \\(${code}\\): [^\\n]+\\.$`));
    }
  });

  test.each([
    [
      "fetch",
      407,
      fetchFailed(
        new Error("Request was cancelled.", {
          cause: coded("UND_ERR_ABORTED", { message: "Proxy response (407) !== 200 when HTTP Tunneling" }),
        }),
      ),
    ],
    [
      "http",
      407,
      coded("ERR_PROXY_TUNNEL", {
        message: "Failed to establish tunnel to example.com:443 via http://proxy:3128: HTTP/1.1 407 No",
      }),
    ],
    [
      "fetch",
      403,
      fetchFailed(coded("UND_ERR_ABORTED", { message: "Proxy response (403) !== 200 when HTTP Tunneling" })),
    ],
    ["http", 502, coded("ERR_PROXY_TUNNEL", { message: "HTTP/1.1 502 Bad Gateway" })],
  ])("a proxy's refusal, as %s tells of it: %d", (_, status, error) => {
    expect(networkFault(error)).toMatchObject({ code: `proxy ${status}`, isUnsent: true });
    expect(networkDetails(error).advice).toMatch(status === 407 ? /HTTPS_PROXY: http:\/\/name:password/ : /NO_PROXY/);
  });

  test.each([
    ["AbortSignal.timeout", new DOMException("timed out", "TimeoutError")],
    ["the AWS SDK", Object.assign(new Error("Connection timed out"), { name: "TimeoutError" })],
    ["the AWS SDK, of a request", Object.assign(coded("ETIMEDOUT"), { name: "TimeoutError" })],
  ])("a timeout of %s", (_, error) => {
    expect(networkFault(error)).toMatchObject({ code: "ETIMEDOUT", passes: true });
  });
});

test.each([
  ["the host", coded("ENOTFOUND", { hostname: "proxy.example.com" }), "ENOTFOUND at proxy.example.com"],
  ["the address", coded("ECONNREFUSED", { address: "10.0.0.1", port: 3128 }), "ECONNREFUSED at 10.0.0.1:3128"],
  ["nothing, where the error does not tell", coded("ECONNRESET"), "ECONNRESET"],
])("The line names %s, which may be the proxy's", (_, error, name) => {
  expect(networkDetails(fetchFailed(error)).network).toBe(name);
});

test("A host that the line names already is not named again", () => {
  const fault = networkFault(fetchFailed(coded("ENOTFOUND", { hostname: "example.com" })));
  expect(withFault("https://example.com/x cannot be reached", fault)).toContain("reached (ENOTFOUND): its host name");
  expect(withFault("Adobe did not answer", fault)).toContain("answer (ENOTFOUND at example.com): its host name");
});

test("A request is unsent only if none of the addresses that were tried was reached", () => {
  const tried = (...codes: string[]) =>
    networkFault(fetchFailed(new AggregateError(codes.map((code) => coded(code)))))?.isUnsent;
  expect(tried("ECONNREFUSED", "ENETUNREACH")).toBe(true);
  expect(tried("ECONNREFUSED", "ECONNRESET")).toBe(false);
  for (const code of ["ENOTFOUND", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"]) expect(tried(code)).toBe(true);
  for (const code of ["ECONNRESET", "ETIMEDOUT", "EPROTO", "UND_ERR_SOCKET"]) expect(tried(code)).toBe(false);
});

test.each(["ENOBUFS", "UND_ERR_INFO", "EWHATEVER"])(
  "A code that is not known, such as %s, is named all the same",
  (code) => {
    for (const error of [fetchFailed(coded(code)), coded(code, { syscall: "connect" })])
      expect(withFault("It", networkFault(error))).toMatch(new RegExp(`^It \\(${code}\\): the connection failed`));
  },
);

test.each([
  ["a bug", new TypeError("x is not a function")],
  [
    "AWS's own refusal",
    Object.assign(new Error("no"), { name: "AccessDeniedException", code: "AccessDeniedException" }),
  ],
  ["a request that was given up", coded("UND_ERR_ABORTED")],
  ["no error at all", "ENOTFOUND"],
])("%s is not the network's", (_, error) => {
  expect(networkFault(error)).toBeUndefined();
  expect(networkDetails(error)).toEqual({});
});
