import { createServer, type RequestListener } from "node:http";
import type { LookupFunction } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { networkFault } from "../../../shared/http/network-fault.ts";
import { isPublicAddress } from "../../../shared/http/public-address.ts";
import { publicFetch } from "../../../shared/http/public-fetch.ts";
import { certificate } from "../../support/certificates.ts";
import { tlsServer } from "../../support/tls-server.ts";

const maxBytes = 1000;

describe("An address is public or not, by the registries of IANA", () => {
  test.each([
    ...["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.255.255", "192.167.1.1", "223.255.255.255"],
    ...["2001:4860:4860::8888", "2606:4700::1111", "2a00:1450:4001::1"],
  ])("%s is", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ...["127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
    ...["169.254.170.2", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.0.8"],
    ...[
      "::1",
      "::",
      "fe80::1",
      "fe80::1%eth0",
      "fd00:ec2::254",
      "fc00::1",
      "ff02::1",
      "::ffff:8.8.8.8",
      "::ffff:7f00:1",
    ],
    ...["::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "localhost", ""],
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

/** As `dns.lookup` with `all`, or without. */
const resolvingTo =
  (...addresses: string[]): LookupFunction =>
  (_, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    if (all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
const codeOf = async (fetch: Promise<unknown>) =>
  await fetch.then(
    () => "answered",
    (error) => networkFault(error)?.code,
  );

describe("Nothing but public addresses over https is connected to", async () => {
  const server = await tlsServer(certificate("hr", { hosts: ["hr.example.com"] }), (_, response) => response.end("{}"));

  test.each([
    ["a loopback address", ["127.0.0.1"]],
    ["a private one", ["10.0.0.1"]],
    ["a link-local one", ["169.254.169.254"]],
    ["a public one and a private one", ["8.8.8.8", "127.0.0.1"]],
    ["one of IPv6", ["::1"]],
  ])("however a name resolves: %s", async (_, addresses) => {
    const fetch = publicFetch({ maxBytes, lookup: resolvingTo(...addresses) });
    expect(await codeOf(fetch(`https://hr.example.com:${server.port}/`, {}))).toBe("ERR_ADDRESS_NOT_PUBLIC");
    expect(server.requests).toEqual([]);
  });

  test.each(["https://127.0.0.1:port/", "https://[::1]:port/", "https://2130706433:port/", "https://0x7f.1:port/"])(
    "however it is written in the URL: %s",
    async (url) => {
      const fetch = publicFetch({ maxBytes });
      expect(await codeOf(fetch(url.replace("port", String(server.port)), {}))).toBe("ERR_ADDRESS_NOT_PUBLIC");
      expect(server.requests).toEqual([]);
    },
  );

  test("and http is refused, whatever the name", async () => {
    expect(await codeOf(publicFetch({ maxBytes, lookup: resolvingTo("8.8.8.8") })("http://hr.example.com/", {}))).toBe(
      "ERR_ADDRESS_NOT_PUBLIC",
    );
  });

  test("and the certificate is asked for even there", async () => {
    const fetch = publicFetch({ maxBytes, isProxied: true });
    expect(await codeOf(fetch(server.url, {}))).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });
});

describe("A server on this machine is reached if it is named", async () => {
  const origin = async (answer: RequestListener) => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    afterAll(() => server.close());
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  };

  test("with its status, headers and body, and no other", async () => {
    const localOrigin = await origin((request, response) =>
      response.writeHead(404, { "retry-after": "7" }).end(`${request.method} ${request.headers.authorization}`),
    );
    const fetch = publicFetch({ maxBytes, localOrigin });
    const answer = await fetch(`${localOrigin}/a`, { headers: { authorization: "Basic eA==" } });
    expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([
      404,
      "7",
      "GET Basic eA==",
    ]);
    const other = await origin((_, response) => response.end());
    expect(await codeOf(fetch(`${other}/a`, {}))).toBe("ERR_ADDRESS_NOT_PUBLIC");
  });

  test("without following a redirect", async () => {
    const localOrigin = await origin((_, response) =>
      response.writeHead(302, { location: "https://example.com" }).end(),
    );
    expect((await publicFetch({ maxBytes, localOrigin })(localOrigin, {})).status).toBe(302);
  });

  test.each([
    [1000, "answered"],
    [1001, "ERR_ANSWER_TOO_LARGE"],
    [100_000, "ERR_ANSWER_TOO_LARGE"],
  ])("up to so many bytes: of %d it is %s", async (bytes, expected) => {
    const localOrigin = await origin((_, response) => response.end("x".repeat(bytes)));
    expect(await codeOf(publicFetch({ maxBytes, localOrigin })(localOrigin, {}))).toBe(expected);
  });

  test("until the caller gives it up", async () => {
    const localOrigin = await origin(() => undefined);
    const fetch = publicFetch({ maxBytes, localOrigin });
    const reason = new DOMException("timed out", "TimeoutError");
    expect(await codeOf(fetch(localOrigin, { signal: AbortSignal.abort(reason) }))).toBe("ETIMEDOUT");
    const giveUp = new AbortController();
    const answer = codeOf(fetch(localOrigin, { signal: giveUp.signal }));
    giveUp.abort(reason);
    expect(await answer).toBe("ETIMEDOUT");
  });
});
