import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Adobe, createAdobe } from "../../../infra/local/adobe/adobe.ts";
import { type Credentials as ConsoleValues, createCredentials } from "../../../infra/local/adobe/credentials.ts";
import { adobeFetch } from "../../../infra/local/adobe/in-process-fetch.ts";
import { HttpExchange } from "../../../shared/http/exchange.ts";
import { jwtExchange } from "../../../shared/ims/jwt.ts";
import { oauthExchange } from "../../../shared/ims/oauth.ts";
import { parseCredentials } from "../../../shared/ims/parse-credentials.ts";
import { TokenRequests } from "../../../shared/ims/token-request.ts";
import { TokenSource } from "../../../shared/ims/token-source.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

let values: ConsoleValues;
beforeAll(async () => {
  values = await createCredentials();
});

function setUp(kind: "oauth" | "jwt", secret: () => unknown) {
  const clock = new SimulatedClock();
  const now = () => clock.now();
  const adobe = createAdobe({ now, credentials: values, rate: { requests: 10, seconds: 60 } });
  const http = new HttpExchange(adobeFetch(adobe), clock);
  const requests = new TokenRequests(http, { imsUrl: "http://ims.test", tokenTimeoutSeconds: 20 }, now);
  const exchange = kind === "jwt" ? jwtExchange(requests, now) : oauthExchange(requests);
  const tokens = new TokenSource(clock, async () => parseCredentials(JSON.stringify(secret())), exchange);
  return { clock, adobe, tokens };
}

async function tokenRequests(adobe: Adobe): Promise<number> {
  const reply = await adobe.handle({ method: "GET", path: "/_sandbox/requests", headers: {}, body: "" });
  if (reply.kind !== "response") throw new Error("the sandbox did not answer");
  return JSON.parse(reply.body).length;
}

const pem = (type: "pkcs1" | "pkcs8", passphrase?: string) =>
  createPrivateKey(values.privateKey)
    .export({ type, format: "pem", ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }) })
    .toString();

describe("A secret in any form that Adobe's console or this project has gives a token", () => {
  const consoleForm = () => ({
    CLIENT_ID: values.clientId,
    CLIENT_SECRET: values.clientSecret,
    TECHNICAL_ACCOUNT_ID: values.technicalAccountId,
    TECHNICAL_ACCOUNT_EMAIL: "x@techacct.adobe.com",
    ORG_ID: values.orgId,
    SCOPES: ["openid"],
  });
  const project = () => {
    const oauth_server_to_server = { client_id: values.clientId, client_secrets: [values.clientSecret] };
    const credentials = [{ name: "Users", integration_type: "oauth_server_to_server", oauth_server_to_server }];
    return { project: { org: { ims_org_id: values.orgId }, workspace: { details: { credentials } } } };
  };
  const cases: [string, "oauth" | "jwt", () => unknown][] = [
    ["OAuth, own form", "oauth", () => values],
    ["OAuth, console's form", "oauth", consoleForm],
    [
      "OAuth, console's form with two secrets of which the first is not valid yet",
      "oauth",
      () => ({ ...consoleForm(), CLIENT_SECRET: undefined, CLIENT_SECRETS: ["p8e-new", values.clientSecret] }),
    ],
    ["JWT, PKCS#8", "jwt", () => values],
    ["JWT, PKCS#1", "jwt", () => ({ ...values, privateKey: pem("pkcs1") })],
    [
      "JWT, PKCS#8 with a passphrase",
      "jwt",
      () => ({ ...values, privateKey: pem("pkcs8", "open sesame"), privateKeyPassphrase: "open sesame" }),
    ],
    [
      "JWT, PKCS#1 with a passphrase",
      "jwt",
      () => ({ ...values, privateKey: pem("pkcs1", "open sesame"), privateKeyPassphrase: "open sesame" }),
    ],
    ["JWT, console's form", "jwt", () => ({ ...consoleForm(), PRIVATE_KEY: values.privateKey })],
    [
      "JWT, with the key's line ends written out",
      "jwt",
      () => ({ ...values, privateKey: pem("pkcs8").replaceAll("\n", "\\n") }),
    ],
    [
      "JWT, with the key in base64",
      "jwt",
      () => ({ ...values, privateKey: Buffer.from(pem("pkcs1")).toString("base64") }),
    ],
    ["OAuth, console's download of a project", "oauth", project],
    [
      "OAuth, names in lower case",
      "oauth",
      () => Object.fromEntries(Object.entries(consoleForm()).map(([name, value]) => [name.toLowerCase(), value])),
    ],
  ];
  test.each(cases)("%s", async (_, kind, secret) => {
    const { clock, adobe, tokens } = setUp(kind, secret);
    const { token, orgId, clientId } = await tokens.access();
    expect(adobe.credentials.acceptsToken(token, clock.now())).toBe(true);
    expect({ orgId, clientId }).toEqual({ orgId: values.orgId, clientId: values.clientId });
  });
});

const keyOf = (kind: "rsa" | "ec") =>
  (kind === "rsa"
    ? generateKeyPairSync("rsa", { modulusLength: 1024 })
    : generateKeyPairSync("ec", { namedCurve: "P-256" })
  ).privateKey
    .export({ type: "pkcs8", format: "pem" })
    .toString();

describe("A secret that cannot be used is unreadable or refused, told without its values", () => {
  const cases: [string, "oauth" | "jwt", () => unknown, RegExp, string?][] = [
    ["no key for JWT", "jwt", () => ({ ...values, privateKey: undefined }), /privateKey/, "unreadable"],
    ["a key that is too short", "jwt", () => ({ ...values, privateKey: keyOf("rsa") }), /2048 bits/, "unreadable"],
    ["a key of another kind", "jwt", () => ({ ...values, privateKey: keyOf("ec") }), /RSA key/, "unreadable"],
    [
      "a key that is none",
      "jwt",
      () => ({ ...values, privateKey: "hunter2" }),
      /not a private key in PEM/,
      "unreadable",
    ],
    [
      "a wrong passphrase",
      "jwt",
      () => ({ ...values, privateKey: pem("pkcs8", "right"), privateKeyPassphrase: "hunter2" }),
      /privateKeyPassphrase/,
      "unreadable",
    ],
    ["a secret that Adobe refuses", "oauth", () => ({ ...values, clientSecret: "hunter2" }), /refused/],
    ["a claim that Adobe refuses", "jwt", () => ({ ...values, technicalAccountId: "hunter2" }), /refused/],
  ];
  test.each(cases)("%s", async (_, kind, secret, message, fault = "refused") => {
    const { tokens } = setUp(kind, secret);
    const error = await tokens.access().catch((each) => each);
    expect(error).toMatchObject({ name: "TokenError", kind: fault, message: expect.stringMatching(message) });
    expect(error.message).not.toContain("hunter2");
  });
});

test.each(["oauth", "jwt"] as const)(
  "A token by %s is kept for most of its 24 hours, whatever unit it comes in",
  async (kind) => {
    const { clock, adobe, tokens } = setUp(kind, () => values);
    await tokens.access();
    await clock.advance(23 * 60 * 60 * 1000);
    await tokens.access();
    expect(await tokenRequests(adobe)).toBe(1);
    await clock.advance(59 * 60 * 1000);
    await tokens.access();
    expect(await tokenRequests(adobe)).toBe(2);
  },
);
