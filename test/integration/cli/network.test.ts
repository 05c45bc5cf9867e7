import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { certificate } from "../../support/certificates.ts";
import { values } from "../../support/config-files.ts";
import { connectProxy } from "../../support/connect-proxy.ts";
import { newFolder } from "../../support/folders.ts";
import { runUmapi } from "../../support/run-umapi.ts";
import { tlsServer } from "../../support/tls-server.ts";
import { closedUrl, recordingServer } from "./recording-server.ts";

vi.setConfig({ testTimeout: 120_000 });

const apiHost = "abc123.execute-api.eu-west-1.amazonaws.com";
const secretsHost = "secretsmanager.eu-west-1.amazonaws.com";
const imsHost = "ims-na1.adobelogin.com";
const hosts = ["localhost", "127.0.0.1", apiHost, secretsHost, imsHost];

const folder = newFolder();
afterAll(() => folder.remove());
const write = (name: string, text: string) => {
  writeFileSync(join(folder.path, name), text);
  return join(folder.path, name);
};
write("adobe.json", JSON.stringify(values));

const authority = certificate("Root of this company");
const caFile = write("ca.pem", authority.cert);
const day = 86_400_000;
const trusted = certificate("trusted", { hosts, issuer: authority });

/** Answers as the API, as Secrets Manager and as IMS, whichever is asked. */
const server = await tlsServer(trusted, (request, response) => {
  const { host = "" } = request.headers;
  const body = host.startsWith("secretsmanager")
    ? { ARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:adobe", Name: "adobe" }
    : host === imsHost
      ? { access_token: "token", token_type: "bearer", expires_in: 86_400 }
      : { operations: [] };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
});

const awsKeys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "Quillfeather", AWS_REGION: "eu-west-1" };

async function umapi(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
) {
  const program = runUmapi(args, folder.path, { ...awsKeys, ...environment }, execArgv);
  const code = await program.exited;
  const { stdout, stderr } = program;
  expect(stdout + stderr).not.toMatch(/Quillfeather|^\s+at /m);
  return { code, stdout, stderr };
}

describe("A failure of TLS or of the network says its code and what to do", async () => {
  const expired = certificate("expired", {
    hosts,
    issuer: authority,
    notBefore: new Date(Date.now() - 2 * day),
    notAfter: new Date(Date.now() - day),
  });
  const answer = () => undefined;
  const urlOf = async (...args: Parameters<typeof tlsServer>) => (await tlsServer(...args)).url;
  const web = await recordingServer();
  const failures = [
    ["nobody listens", (await closedUrl()).replace("127.0.0.1", "localhost"), "ECONNREFUSED", "nothing listens"],
    [
      "the certificate is its own authority's",
      await urlOf(certificate("self", { hosts }), answer),
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "NODE_EXTRA_CA_CERTS",
    ],
    [
      "the authority is not trusted",
      await urlOf(trusted, answer),
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "NODE_EXTRA_CA_CERTS",
    ],
    [
      "the authority comes along, and is not trusted",
      await urlOf(trusted, answer, authority.cert),
      "SELF_SIGNED_CERT_IN_CHAIN",
      "NODE_EXTRA_CA_CERTS",
    ],
    ["the certificate has expired", await urlOf(expired, answer), "CERT_HAS_EXPIRED", "clock", caFile],
    [
      "the certificate is another host's",
      await urlOf(certificate("other", { hosts: ["example.com"], issuer: authority }), answer),
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "another host",
      caFile,
    ],
    ["nobody speaks TLS", web.url.replace("http:", "https:"), "(ERR_SSL_[A-Z_]+|EPROTO)", "TLS"],
  ] as const;

  const commands = [
    ["the API", (url: string) => ["list", "--url", url], {}],
    ["Adobe", (url: string) => ["token", "--credentials", "adobe.json", "--adobe-url", url], {}],
    ["AWS", () => ["import-config", "adobe.json", "--aws", "--secret", "adobe"], { AWS_MAX_ATTEMPTS: "1" }],
  ] as const;

  // All of them of one command, and three of them of each.
  const ofEach = ["ECONNREFUSED", "SELF_SIGNED_CERT_IN_CHAIN", "CERT_HAS_EXPIRED"];
  const isTried = (what: string, code: string) => what === "the API" || ofEach.includes(code);

  test.each(
    commands.flatMap(([what, args, environment]) =>
      failures
        .filter(([, , code]) => isTried(what, code))
        .map(([where, url, code, words, ca = ""]) => ({
          what,
          where,
          url,
          code,
          words,
          args: args(url),
          environment: { ...environment, AWS_ENDPOINT_URL: url, NODE_EXTRA_CA_CERTS: ca },
        })),
    ),
  )("of $what, where $where", async ({ args, environment, code, words }) => {
    const ran = await umapi(args, environment);
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toMatch(new RegExp(`^umapi: [^\\n]*\\(${code}[^)]*\\)[^\\n]*${words}[^\\n]*\\n$`));
  });
});

describe("NODE_EXTRA_CA_CERTS is trusted by every command, without another word", () => {
  test.each([
    ["the API", ["list", "--json", "--url", server.url]],
    ["Adobe", ["token", "--json", "--credentials", "adobe.json", "--adobe-url", server.url]],
    ["AWS", ["import-config", "adobe.json", "--aws", "--secret", "adobe"]],
  ])("%s", async (what, args) => {
    const before = server.requests.length;
    // The local server's token has no life to speak of there: what counts is that it was asked.
    const ran = await umapi(args, { NODE_EXTRA_CA_CERTS: caFile, AWS_ENDPOINT_URL: server.url });
    expect(server.requests.length).toBeGreaterThan(before);
    if (what !== "Adobe") expect(ran).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("HTTPS_PROXY is gone through by every command, without another word", () => {
  const cases = [
    ["the API", ["list", "--json", "--url", `https://${apiHost}`], apiHost],
    ["Adobe", ["token", "--json", "--credentials", "adobe.json"], imsHost],
    ["AWS", ["import-config", "adobe.json", "--aws", "--secret", "adobe"], secretsHost],
  ] as const;

  test.each(cases)("%s", async (_, args, host) => {
    const proxy = await connectProxy(server);
    const ran = await umapi(args, { HTTPS_PROXY: `http://${proxy.host}`, NODE_EXTRA_CA_CERTS: caFile });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(new Set(proxy.targets)).toEqual(new Set([`${host}:443`]));
    expect(server.requests.at(-1)).toMatch(new RegExp(`^${host}/`));
  });

  test.each([
    ["in lower case and without a scheme", { https_proxy: "HOST" }],
    ["with a name and a password", { HTTPS_PROXY: "http://me:pass%40word@HOST" }],
    ["beside hosts that need none", { HTTPS_PROXY: "http://HOST", NO_PROXY: "example.com,.internal" }],
  ])("named %s", async (_, environment) => {
    const proxy = await connectProxy(
      server,
      "HTTPS_PROXY" in environment && environment.HTTPS_PROXY.includes("@") ? "me:pass@word" : undefined,
    );
    const named = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, value.replace("HOST", proxy.host)]),
    );
    const ran = await umapi(["list", "--json", "--url", `https://${apiHost}`], {
      ...named,
      NODE_EXTRA_CA_CERTS: caFile,
    });
    expect(ran).toMatchObject({ code: 0, stdout: "[]\n", stderr: "" });
    expect(proxy.targets).toEqual([`${apiHost}:443`]);
  });

  test("by a Node.js too that has to be told so when it starts", async () => {
    const proxy = await connectProxy(server);
    const older = ["--import", 'data:text/javascript,import http from "node:http"; delete http.setGlobalProxyFromEnv;'];
    const environment = { HTTPS_PROXY: `http://${proxy.host}`, NODE_EXTRA_CA_CERTS: caFile };
    const ran = await umapi(["list", "--json", "--url", `https://${apiHost}`], environment, older);
    expect(ran).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
    expect(proxy.targets).toEqual([`${apiHost}:443`]);
  });

  test.each(["127.0.0.1", "localhost"])("but never for %s", async (host) => {
    const proxy = await connectProxy({ status: 403 });
    const everywhere = {
      HTTPS_PROXY: `http://${proxy.host}`,
      HTTP_PROXY: `http://${proxy.host}`,
      NODE_USE_ENV_PROXY: "1",
      NODE_EXTRA_CA_CERTS: caFile,
    };
    const ran = await umapi(["list", "--json", "--url", server.url.replace("localhost", host)], everywhere);
    expect(ran).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
    expect(proxy.targets).toEqual([]);
  });

  test.each([...cases.map(([what, args]) => [what, 407, args] as const), ["the API", 403, cases[0][1]] as const])(
    "%s: a proxy that answers %d is told as such",
    async (_, status, args) => {
      const proxy = await connectProxy({ status });
      const ran = await umapi(args, { HTTPS_PROXY: `http://${proxy.host}`, AWS_MAX_ATTEMPTS: "1" });
      expect(ran).toMatchObject({ code: 1, stdout: "" });
      const words = status === 407 ? "name and a password.*http://name:password@host:port" : "NO_PROXY";
      expect(ran.stderr).toMatch(new RegExp(`^umapi: [^\\n]*\\(proxy ${status}\\)[^\\n]*${words}[^\\n]*\\n$`));
    },
  );

  test("a proxy that is not there is told by its address", async () => {
    const gone = (await closedUrl()).replace("http://", "");
    for (const [, args] of cases) {
      const ran = await umapi(args, { HTTPS_PROXY: gone, AWS_MAX_ATTEMPTS: "1" });
      expect(ran.stderr).toContain(`(ECONNREFUSED at ${gone})`);
    }
  });

  test("a variable that names no proxy that can be used draws a word, which does not show it", async () => {
    const environment = { HTTPS_PROXY: "socks5://me:Quillfeather@proxy:1080", NODE_EXTRA_CA_CERTS: caFile };
    const ran = await umapi(["list", "--json", "--url", server.url], environment);
    expect(ran).toMatchObject({ code: 0, stdout: "[]\n" });
    expect(ran.stderr).toMatch(/^umapi: warning: HTTPS_PROXY names a proxy that speaks socks5: [^\n]+\n$/);
  });
});
