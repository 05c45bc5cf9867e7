import { describe, expect, test } from "vitest";
import { ProxyError, proxiesIn } from "../../../shared/http/proxies.ts";

const direct = "localhost,127.0.0.1,::1,[::1],169.254.169.254,169.254.170.2,[fd00:ec2::254]";

describe("The proxies of an environment", () => {
  test.each([
    ["for https", { HTTPS_PROXY: "http://proxy:3128" }, { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: direct }],
    [
      "for http, which is then for https too",
      { HTTP_PROXY: "http://proxy:3128" },
      { HTTP_PROXY: "http://proxy:3128", HTTPS_PROXY: "http://proxy:3128", NO_PROXY: direct },
    ],
    [
      "in lower case, which goes before",
      { https_proxy: "http://a:1", HTTPS_PROXY: "http://b:1" },
      { HTTPS_PROXY: "http://a:1", NO_PROXY: direct },
    ],
    [
      "without a scheme, as curl takes it",
      { HTTPS_PROXY: "proxy.example.com:3128" },
      { HTTPS_PROXY: "http://proxy.example.com:3128", NO_PROXY: direct },
    ],
    [
      "with a password",
      { HTTPS_PROXY: "http://me:pass%40word@proxy:3128" },
      { HTTPS_PROXY: "http://me:pass%40word@proxy:3128", NO_PROXY: direct },
    ],
    [
      "with hosts that need none",
      { HTTPS_PROXY: "http://p:1", no_proxy: ".example.com, 10.0.0.1" },
      { HTTPS_PROXY: "http://p:1", NO_PROXY: `.example.com,10.0.0.1,${direct}` },
    ],
  ])("%s", (_, environment, proxies) => {
    expect(proxiesIn(environment)).toEqual(proxies);
  });

  test.each([
    ["nothing is set", {}],
    ["they are empty", { HTTPS_PROXY: "", HTTP_PROXY: " " }],
    ["no host needs one", { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "*" }],
    ["only hosts that need none are named", { NO_PROXY: "example.com" }],
  ])("are none where %s", (_, environment) => {
    expect(proxiesIn(environment)).toBeUndefined();
  });

  test.each([
    [
      "is not a URL",
      { HTTPS_PROXY: "http://proxy:port" },
      /^HTTPS_PROXY is not a URL.*http:\/\/proxy\.example\.com:3128/,
    ],
    ["is for SOCKS", { HTTP_PROXY: "socks5://me:secret@proxy:1080" }, /^HTTP_PROXY names a proxy that speaks socks5/],
    [
      "has a password that is not encoded",
      { HTTPS_PROXY: "http://me:se/cret@proxy:3128" },
      /^HTTPS_PROXY is not a URL/,
    ],
  ])("are refused where one %s, without showing it", (_, environment, words) => {
    expect(() => proxiesIn(environment)).toThrow(ProxyError);
    expect(() => proxiesIn(environment)).toThrow(words);
    expect(() => proxiesIn(environment)).not.toThrow(/secret|se\/cret/);
  });
});
