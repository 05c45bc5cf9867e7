import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeToken, remoteKeys } from "../../../shared/webhooks/bearer.ts";
import { verify } from "../../../shared/webhooks/verify.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const seconds = now / 1000;
const pair = await generateKeyPair("RS256");
const other = await generateKeyPair("RS256");
const kid = { alg: "RS256", kid: "1" };
const asked: string[] = [];
const server = createServer(async ({ url }, response) => {
  asked.push(url ?? "");
  if (url === "/down") response.writeHead(503).end();
  else response.end(JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), ...kid }] }));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

function rules(path = "/keys") {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { issuer: "https://hr.example.com", audience: "adobe", jwks: `http://127.0.0.1:${port}${path}` };
}

const claims = { iss: "https://hr.example.com", aud: "adobe", exp: seconds + 60 };

const token = (payload: JWTPayload = claims, key = pair.privateKey) =>
  new SignJWT(payload).setProtectedHeader(kid).sign(key);

const judged = (authorization: string | undefined, at = rules()) => judgeToken(at, remoteKeys(), authorization, now);

test("A token of the issuer for our audience is accepted, and the keys are asked for once", async () => {
  const findKeys = remoteKeys();
  asked.length = 0;
  for (let time = 0; time < 3; time++)
    expect(await judgeToken(rules(), findKeys, `Bearer ${await token()}`, now)).toBe("accepted");
  expect(asked).toEqual(["/keys"]);
});

test.each<[string, JWTPayload]>([
  ["has ended", { ...claims, exp: seconds - 1 }],
  ["never ends", { iss: claims.iss, aud: claims.aud }],
  ["is for somebody else", { ...claims, aud: "another" }],
  ["is somebody else's", { ...claims, iss: "https://other.example.com" }],
  ["is not valid yet", { ...claims, nbf: seconds + 60 }],
])("A token that %s is refused", async (_, payload) => {
  expect(await judged(`Bearer ${await token(payload)}`)).toBe("refused");
});

test("A token that another key signed, a secret signed or nobody signed is refused", async () => {
  const { n = "" } = await exportJWK(pair.publicKey);
  const bySecret = await new SignJWT(claims).setProtectedHeader({ ...kid, alg: "HS256" }).sign(Buffer.from(n));
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
  for (const each of [await token(claims, other.privateKey), bySecret, unsigned, "a.b.c", ""])
    expect(await judged(`Bearer ${each}`)).toBe("refused");
  for (const header of [undefined, "", await token(), `Basic ${await token()}`])
    expect(await judged(header)).toBe("refused");
});

test("A token is refused if any one character of it is another", async () => {
  const good = await token();
  const findKeys = remoteKeys();
  for (const at of good.split("").keys()) {
    const changed = `${good.slice(0, at)}${good[at] === "A" ? "B" : "A"}${good.slice(at + 1)}`;
    expect(await judgeToken(rules(), findKeys, `Bearer ${changed}`, now), String(at)).toBe("refused");
  }
});

test("Where the issuer's keys cannot be had, nothing is refused", async () => {
  expect(await judged(`Bearer ${await token()}`, rules("/down"))).toBe("unavailable");
  expect(await judged(`Bearer ${await token()}`, { ...rules(), jwks: "http://127.0.0.1:1/" })).toBe("unavailable");
});

test("A source with a token needs no key of the secret", async () => {
  const bearer = { issuer: claims.iss, audience: claims.aud, jwks: "https://hr.example.com/keys" };
  const source = sourceOf({ bearer, records: "id" });
  const keys = { secrets: [], findKeys: () => remoteKeys()(rules().jwks) };
  const posted = { method: "POST", headers: { authorization: `Bearer ${await token()}` }, body: Buffer.from("{}") };
  expect(await verify(source, keys, posted, now)).toEqual({ kind: "accepted" });
  expect(await verify(source, keys, { ...posted, headers: {} }, now)).toEqual({ kind: "refused" });
});
