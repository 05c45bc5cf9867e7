import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  hasFailed,
  hasSucceeded,
  isClientError,
  leaver,
  OperationsClient,
  type OperationsClientOptions,
} from "../../../client/main.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { type Reply, recordingServer } from "../cli/recording-server.ts";

const server = await recordingServer();
const call = "0123456789abcdef0123456789abcdef";
const view = (index: number, status: string) => ({
  id: `${call}-00${index}`,
  status,
  user: "a@example.com",
  attempts: 0,
  acceptedAt: "2027-01-05T09:00:00.000Z",
  updatedAt: "2027-01-05T09:00:00.000Z",
});
const page = (...statuses: readonly string[]): Reply => ({
  status: 200,
  body: { operations: statuses.map((status, index) => view(index, status)) },
});
const one = leaver({ user: "a@example.com" });

function clientOf(options: OperationsClientOptions = {}) {
  const clock = new SimulatedClock();
  const client = new OperationsClient({ url: server.url, clock, random: () => 0.5, ...options });
  const failed = (work: Promise<unknown>) =>
    inItsTime(
      clock,
      work.then(
        () => undefined,
        (error) => (isClientError(error) ? error : Promise.reject(error)),
      ),
    );
  return { client, clock, failed };
}

/** Lets time pass once nothing else is left to happen in this process. What goes to a real server is not waited for so. */
async function inItsTime<Result>(clock: SimulatedClock, work: Promise<Result>): Promise<Result> {
  let isSettled = false;
  const settled = work.finally(() => {
    isSettled = true;
  });
  settled.catch(() => undefined);
  while (!isSettled) {
    for (let turns = 0; turns < 50; turns++) await setImmediate();
    if (!isSettled && clock.nextDeadline !== undefined) await clock.advanceTo(clock.nextDeadline);
  }
  return await settled;
}

/** A service in this process whose listings answer so, in turn; the last again and again. One operation is queued. */
function listing(...replies: readonly Reply[]): Pick<OperationsClientOptions, "fetch"> {
  let looks = 0;
  return {
    async fetch(url) {
      if (!url.includes("call=")) return Response.json(view(0, "queued"));
      const reply = replies[Math.min(looks++, replies.length - 1)];
      if (reply === undefined || reply === "cut")
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("cut"), { code: "ECONNRESET" }) });
      return Response.json(reply.body, { status: reply.status });
    },
  };
}

describe("waitFor", () => {
  test("waits until each has ended, by what submit returned or by the call", async () => {
    for (const what of [{ ids: [0, 1].map((index) => view(index, "queued").id) }, call]) {
      const { client, clock } = clientOf(
        listing(page("queued", "queued"), page("queued", "failed"), page("canceled", "failed")),
      );
      const ended = await inItsTime(clock, client.waitFor(what, { timeoutSeconds: 60 }));
      expect(ended.map(({ status }) => status)).toEqual(["canceled", "failed"]);
    }
  });

  test("does not wait for what a removal has superseded, which is neither success nor failure", async () => {
    const { client, clock } = clientOf(listing(page("queued", "queued"), page("superseded", "succeeded")));
    const ended = await inItsTime(clock, client.waitFor(call, { timeoutSeconds: 60 }));
    expect(ended.map((each) => [each.status, hasSucceeded(each), hasFailed(each)])).toEqual([
      ["superseded", false, false],
      ["succeeded", true, false],
    ]);
  });

  test.each([1, 60, 3600])("fails with the code timeout after %i s, and says what has not ended", async (seconds) => {
    const { client, clock, failed } = clientOf(listing(page("succeeded", "queued", "queued")));
    const start = clock.now();
    const error = await failed(client.waitFor(call, { timeoutSeconds: seconds }));
    expect(error).toMatchObject({
      code: "timeout",
      unfinished: [view(1, "").id, view(2, "").id],
      operations: [{ status: "succeeded" }, { status: "queued" }, { status: "queued" }],
    });
    expect(clock.now() - start).toBe(seconds * 1000);
  });

  test.each<[string, Reply]>([
    ["throttled", { status: 429, body: { message: "Too Many Requests" } }],
    ["failing", { status: 503, body: "" }],
    ["silent", "cut"],
  ])("outlasts a service that is %s for minutes, where a time is given", async (_, reply) => {
    const { client, clock } = clientOf(
      listing(page("queued"), ...Array.from({ length: 14 }, () => reply), page("succeeded")),
    );
    const ended = await inItsTime(clock, client.waitFor(call, { timeoutSeconds: 900 }));
    expect(ended.map(({ status }) => status)).toEqual(["succeeded"]);
  });

  test("of a call that is not known is refused", async () => {
    const { client, failed } = clientOf(listing(page()));
    expect(await failed(client.waitFor(call))).toMatchObject({ code: "refused", kind: "not-found" });
  });
});

describe("submit", () => {
  test("gives each name its own keys, and the same name the same", async () => {
    server.answer(() => ({ status: 202, body: { operations: [{ id: `${call}-000`, status: "queued" }] } }));
    const { client } = clientOf();
    for (const name of ["monday", "tuesday", "monday"]) await client.submit([one], { name });
    const [monday, tuesday, again] = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(again).toBe(monday);
    expect(tuesday).not.toBe(monday);
  });

  test.each([undefined, null, 7])("refuses the name %j, which the next night would have too", async (name) => {
    server.answer(() => ({ status: 500 }));
    const { client, failed } = clientOf();
    // An event that is not of the schedule may have no time.
    const event: { time: string } = JSON.parse(JSON.stringify({ time: name }));
    const error = await failed(client.submit([one], { name: event.time }));
    expect(error).toMatchObject({ code: "bad-settings", message: expect.stringContaining(`the name ${name};`) });
    expect(server.requests).toEqual([]);
  });

  test("points into all that was submitted where a later call is refused", async () => {
    const ids = Array.from({ length: 500 }, (_, index) => ({ id: `${call}-${index}`, status: "queued" }));
    const problem = { type: "urn:problem-type:umapi-workers:against-the-rules", title: "T", status: 422, detail: "D." };
    server.answer((_, index) =>
      index < 2
        ? { status: 202, body: { operations: ids } }
        : {
            status: 422,
            body: {
              ...problem,
              errors: [
                { pointer: "/3/do/0", detail: "wrong" },
                { pointer: "", detail: "x" },
              ],
            },
          },
    );
    const { client, failed } = clientOf();
    const calls: number[] = [];
    const work = client.submit(Array(1200).fill(one), { name: "n", onCall: (each) => calls.push(each.ids.length) });
    expect(await failed(work)).toMatchObject({
      code: "refused",
      kind: "against-the-rules",
      problem: { errors: [{ pointer: "/1003/do/0" }, { pointer: "" }] },
    });
    expect(calls).toEqual([500, 500]);
  });
});

describe("a client that is made in a Lambda", () => {
  const environment = {
    UMAPI_URL: "https://abc123.execute-api.eu-west-1.amazonaws.com",
    AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "Quillfeather",
    AWS_SESSION_TOKEN: "a session",
    AWS_REGION: "us-east-2",
  };
  const lane = { lane: "default", queued: 0, parked: {}, budget: { requests: 10, seconds: 60, used: 0 } };

  test("finds URL and credentials in the environment, and signs by them for the region of the URL", async () => {
    const asked: { url: string; headers: Headers }[] = [];
    const { client } = clientOf({
      url: undefined,
      environment,
      fetch: async (url, init) => {
        asked.push({ url, headers: new Headers(init.headers) });
        return Response.json(lane);
      },
    });
    expect(await client.lane()).toEqual(lane);
    expect(asked[0]?.url).toBe(`${environment.UMAPI_URL}/v1/lane`);
    expect(asked[0]?.headers.get("x-amz-security-token")).toBe("a session");
    expect(asked[0]?.headers.get("authorization")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request, /,
    );
  });

  test.each<[string, OperationsClientOptions, string]>([
    ["no URL", { environment: {} }, "set UMAPI_URL"],
    ["what is not a URL", { url: "api" }, "is not a URL"],
    ["an address that others can read along", { url: "http://umapi.example.com" }, "must begin with https://"],
    ["no region", { url: "https://umapi.example.com", environment: {} }, "Set AWS_REGION"],
  ])("says what is missing: %s", (_, options, words) => {
    expect(() => new OperationsClient({ environment, ...options })).toThrow(words);
  });

  test("says that there are no credentials, before anything is sent", async () => {
    const { UMAPI_URL: url } = environment;
    const { client, failed } = clientOf({ url, environment: {} });
    expect(await failed(client.lane())).toMatchObject({ code: "bad-settings" });
  });

  test.each([401, 403])("is told of %i what its role needs, or that its token is not known", async (status) => {
    server.answer(() => ({ status, body: { message: "Forbidden" } }));
    const signed = clientOf();
    expect(await signed.failed(signed.client.lane())).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("execute-api:Invoke"),
    });
    const bearer = clientOf({ token: async () => "t" });
    expect(await bearer.failed(bearer.client.lane())).toMatchObject({ message: expect.stringContaining("token") });
  });
});
