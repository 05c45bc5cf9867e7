import { describe, expect, test } from "vitest";
import { RecordAccesses } from "../../../shared/deliveries/record-access.ts";
import { RecordReader } from "../../../shared/deliveries/record-reader.ts";
import { type Fetch, HttpExchange } from "../../../shared/http/exchange.ts";
import type { RecordRequest } from "../../../shared/webhooks/configuration.ts";
import type { RecordCredentials } from "../../../shared/webhooks/secrets.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { sourceOf } from "../../support/webhook-source.ts";

interface Asked {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const url = "https://hr.example.com/people/{id}?fields=all";
const basic: RecordCredentials = { username: "key", password: "x" };

/** A source whose records are read so. */
const reads = (record: RecordRequest) => sourceOf({ preset: "standard", record });

/** Reads records where the HR system answers so, one answer after the other. */
function reading(...answers: (Response | Error)[]) {
  const asked: Asked[] = [];
  const fetch: Fetch = async (target, { method, headers, body }) => {
    asked.push({ url: target, method, headers: Object.fromEntries(new Headers(headers)), body });
    const [answer = new Response("{}")] = answers.splice(0, 1);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const clock = new SimulatedClock();
  const http = new HttpExchange(fetch, clock);
  const reader = new RecordReader({ http, clock, accesses: new RecordAccesses(http, clock) });
  const read = (
    record: RecordRequest = { url, auth: "basic" },
    id = "7",
    credentials: RecordCredentials | "none" = basic,
  ) => reader.read(reads(record), id, credentials === "none" ? undefined : credentials);
  return { asked, read, clock };
}

const coded = (code: string) => Object.assign(new Error(code), { code });

describe("What an HR system answers is the record, or says what to do", () => {
  test.each<[string, Response | Error, object]>([
    ["200", Response.json({ a: 1 }), { kind: "found", record: { a: 1 } }],
    ["404", new Response("", { status: 404 }), { kind: "gone" }],
    ["410", new Response("", { status: 410 }), { kind: "gone" }],
    [
      "429",
      new Response("", { status: 429, headers: { "retry-after": "7" } }),
      { kind: "later", reason: "throttled", retryAfterMs: 7000 },
    ],
    ["408", new Response("", { status: 408 }), { kind: "later", reason: "unavailable" }],
    ["425", new Response("", { status: 425 }), { kind: "later", reason: "unavailable" }],
    ["503", new Response("", { status: 503 }), { kind: "later", reason: "unavailable" }],
    [
      "500 with a wait",
      new Response("", { status: 500, headers: { "retry-after": "60" } }),
      { kind: "later", reason: "unavailable", retryAfterMs: 60_000 },
    ],
    ["401", new Response("", { status: 401 }), { kind: "later", reason: "credentials-refused" }],
    ["a cut connection", coded("ECONNRESET"), { kind: "later", reason: "unavailable" }],
    ["no such host", coded("ENOTFOUND"), { kind: "later", reason: "unavailable" }],
    ["a redirect", new Response("", { status: 302 }), { kind: "failed", error: { code: "record-refused" } }],
    ["403", new Response("", { status: 403 }), { kind: "failed", error: { code: "record-refused" } }],
    ["a private address", coded("ERR_ADDRESS_NOT_PUBLIC"), { kind: "failed", error: { code: "record-refused" } }],
    ["too much", coded("ERR_ANSWER_TOO_LARGE"), { kind: "failed", error: { code: "record-unreadable" } }],
    ["no JSON", new Response("<html>"), { kind: "failed", error: { code: "record-unreadable" } }],
    // Null would tell the mapping that the person has left.
    ["null", new Response(" null\n"), { kind: "failed", error: { code: "record-unreadable" } }],
  ])("%s", async (_, answer, expected) => {
    expect(await reading(answer).read()).toMatchObject(expected);
  });

  test("and nothing within ten seconds is later", async () => {
    const clock = new SimulatedClock();
    const http = new HttpExchange(
      (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
      clock,
    );
    const reader = new RecordReader({ http, clock, accesses: new RecordAccesses(http, clock) });
    const read = reader.read(reads({ url, auth: "basic" }), "7", basic);
    await clock.advance(10_000);
    expect(await read).toEqual({ kind: "later", reason: "unavailable" });
  });
});

describe("A record is asked for at its one URL", () => {
  test.each([
    ["7", "https://hr.example.com/people/7?fields=all"],
    ["a/../b?c#d", "https://hr.example.com/people/a%2F..%2Fb%3Fc%23d?fields=all"],
    ["$& {id}", "https://hr.example.com/people/%24%26%20%7Bid%7D?fields=all"],
  ])("whatever its id is: %s", async (id, expected) => {
    const { read, asked } = reading();
    await read({ url, auth: "basic" }, id);
    expect(asked).toMatchObject([
      { url: expected, method: "GET", headers: { authorization: "Basic a2V5Ong=", accept: "application/json" } },
    ]);
  });

  test.each([".", "..", "\ud800", "7\udfff"])("unless its id is a step to another path, or no text: %j", async (id) => {
    const { read, asked } = reading();
    expect(await read({ url, auth: "basic" }, id)).toMatchObject({ kind: "failed" });
    expect(asked).toEqual([]);
  });

  test("by POST, with the id in the body and headers of its own, where the HR system wants that", async () => {
    const { read, asked } = reading();
    const body = { employees: ["{id}", { of: "{id}{id}" }], count: 1 };
    await read(
      { url: "https://hr.example.com/search", auth: "basic", headers: { Accept: "text/json", "X-Version": "2" }, body },
      '"$&',
    );
    expect(asked).toMatchObject([
      { method: "POST", headers: { accept: "text/json", "x-version": "2", "content-type": "application/json" } },
    ]);
    expect(JSON.parse(String(asked[0]?.body))).toEqual({ employees: ['"$&', { of: '"$&"$&' }], count: 1 });
  });
});

describe("Whoever reads proves who it is", () => {
  const tokenUrl = "https://hr.example.com/token";
  const client: RecordCredentials = { clientId: "me", clientSecret: "secret" };
  const token = (access_token: string, expires_in = 3600) => Response.json({ access_token, expires_in });

  test("by a bearer token", async () => {
    const { read, asked } = reading();
    await read({ url, auth: "bearer" }, "7", { token: "t" });
    expect(asked[0]?.headers).toMatchObject({ authorization: "Bearer t" });
  });

  test("by OAuth, whose token is kept until a minute before it expires, or until it is refused", async () => {
    const { read, asked, clock } = reading(
      token("one"),
      Response.json({}),
      Response.json({}),
      token("two"),
      new Response("", { status: 401 }),
      token("three"),
    );
    const byOAuth = () => read({ url, auth: { tokenUrl, scope: "people" } }, "7", client);
    await byOAuth();
    await byOAuth();
    await clock.advance(3_540_000);
    expect(await byOAuth()).toEqual({ kind: "later", reason: "credentials-refused" });
    await byOAuth();
    expect(asked.map(({ url: at, headers }) => (at === tokenUrl ? "token" : headers["authorization"]))).toEqual([
      ...["token", "Bearer one", "Bearer one"],
      ...["token", "Bearer two", "token", "Bearer three"],
    ]);
    expect(asked[0]?.body).toBe("grant_type=client_credentials&client_id=me&client_secret=secret&scope=people");
  });

  test.each<[string, RecordRequest["auth"], RecordCredentials | "none", Response, string]>([
    ["no credentials", "basic", "none", token("t"), "credentials-unreadable"],
    ["others than are asked for", "bearer", basic, token("t"), "credentials-unreadable"],
    ["a client that is refused", { tokenUrl }, client, new Response("", { status: 401 }), "credentials-refused"],
    ["a token endpoint that is down", { tokenUrl }, client, new Response("", { status: 503 }), "unavailable"],
    ["a token endpoint without a token", { tokenUrl }, client, Response.json({}), "unavailable"],
  ])("and with %s no record is asked for", async (_, auth, credentials, answer, reason) => {
    const { read, asked } = reading(answer);
    expect(await read({ url, auth }, "7", credentials)).toEqual({ kind: "later", reason });
    expect(asked.every(({ url: at }) => at === tokenUrl)).toBe(true);
  });
});
