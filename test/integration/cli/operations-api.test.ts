import { describe, expect, test } from "vitest";
import { askingAgainText } from "../../../cli/output/asking-again.ts";
import { commandErrorOf } from "../../../cli/service/client-error.ts";
import { OperationsClient } from "../../../client/operations-client.ts";
import type { Standing } from "../../../client/wait.ts";
import { itemAt } from "../../support/commands.ts";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { closedUrl, type Reply, recordingServer } from "./recording-server.ts";

const server = await recordingServer();
const commands = [{ user: "a@example.com", do: [{ remove: "all" as const }] }];
const accepted = { status: 202, body: { operations: [{ id: "call-000", status: "queued" }] } };
const taken = { ids: ["call-000"], repeated: false };
const problem = (status: number, type: string, detail: string, members: object = {}): Reply => ({
  status,
  body: { type: `urn:problem-type:umapi-workers:${type}`, title: "Title", status, detail, ...members },
});

/** Somebody at a command line whose clock runs as fast as the answers come. */
function caller(url = server.url) {
  const clock = new SimulatedClock();
  const start = clock.now();
  let said = "";
  const api = new OperationsClient({
    url,
    clock,
    random: () => 0.5,
    onAskingAgain: (event) => {
      said += `${askingAgainText(event)}\n`;
    },
  });
  const submit = async () => (await api.submit(commands, { name: "a name" })).calls[0];
  return {
    api,
    clock,
    handIn: () => untilSettled(clock, submit()),
    refusal: async () => {
      const error: unknown = await untilSettled(
        clock,
        submit().then(
          () => undefined,
          (reason) => reason,
        ),
      );
      const told = commandErrorOf(error);
      if (told === undefined) throw new Error(`Not refused for the user: ${String(error)}`);
      expect(told.message).toMatch(/^[^\n]+$/);
      return told.message;
    },
    get waitedSeconds() {
      return (clock.now() - start) / 1000;
    },
    get said() {
      return said;
    },
  };
}

/** One answer after the other; the last one again and again. */
const inTurn = (...replies: readonly Reply[]) => server.answer((_, index) => replies[index] ?? itemAt(replies, -1));

describe("a call", () => {
  test("that the queue took in part is sent again under the same key, until all of it is queued", async () => {
    inTurn(problem(503, "not-all-queued", "Not everything.", { queued: 1, notQueued: 1 }), accepted);
    const { handIn } = caller();
    expect(await handIn()).toEqual(taken);
    expect(server.requests.length).toBe(2);
    const keys = new Set(server.requests.map(({ headers }) => headers["idempotency-key"]));
    expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(new Set(server.requests.map(({ body }) => body))).toEqual(new Set([JSON.stringify(commands)]));
    expect(itemAt(server.requests, 0)).toMatchObject({
      method: "POST",
      target: "/v1/operations",
      headers: { "content-type": "application/json" },
    });
  });

  test("that is still at work from before is waited for as long as that may take, which is said", async () => {
    inTurn(...Array.from({ length: 13 }, () => problem(409, "still-running", "At work.")), accepted);
    const one = caller();
    expect(await one.handIn()).toEqual(taken);
    expect(one.waitedSeconds).toBe(65);
    expect(one.said).toBe("An earlier run is still at work on this; asking again in 5 s.\n".repeat(13));
  });

  test.each([
    ["a throttle", { status: 429, body: { message: "Too Many Requests" } }],
    ["a failure", { status: 500, body: { message: "Internal Server Error" } }],
    ["a function that was not answered", { status: 504, body: "<html></html>" }],
    ["a cut connection", "cut"],
  ] as const)("that meets %s is sent again, with longer and longer pauses, each of them said", async (_, reply) => {
    inTurn(reply, reply, accepted);
    const one = caller();
    expect(await one.handIn()).toEqual(taken);
    expect(one.waitedSeconds).toBe(3);
    const what = reply === "cut" ? "gives no answer" : `answers ${reply.status}`;
    expect(one.said).toBe(`The service ${what}; asking again in 1 s.\nThe service ${what}; asking again in 2 s.\n`);
  });

  test.each([
    ["at the first try was accepted by an earlier run", [], true],
    ["after a try without an answer may have been accepted by that one", ["cut"], "perhaps"],
    ["after a failure may have been accepted by that one", [{ status: 504 }], "perhaps"],
    [
      "after another run's work may have been accepted by that one",
      [problem(409, "still-running", "At work.")],
      "perhaps",
    ],
  ] as const)("whose answer is marked as a replay %s", async (_, before, repeated) => {
    inTurn(...before, { ...accepted, headers: { "Idempotency-Replayed": "true" } });
    expect(await caller().handIn()).toEqual({ ids: ["call-000"], repeated });
  });

  test("that fails again and again is given up after half a minute, with what the service says", async () => {
    inTurn(problem(503, "not-all-queued", "The queue did not take everything."));
    const one = caller();
    expect(await one.refusal()).toContain("again and again (503): The queue did not take everything.");
    expect(server.requests.length).toBe(6);
    expect(one.waitedSeconds).toBe(31);
    inTurn("cut");
    expect(await caller().refusal()).toMatch(
      new RegExp(
        `^${server.url} does not answer \\((UND_ERR_SOCKET|ECONNRESET)[^)]*\\): the connection was cut\\. Try again`,
      ),
    );
  });

  test.each([
    ["is against the rules", problem(422, "against-the-rules", "One thing is wrong."), "(422): One thing is wrong."],
    ["reuses a key", problem(422, "key-reused", "Use a new key."), "(422): Use a new key."],
    ["is not let in by IAM", { status: 403, body: { message: "Forbidden" } }, "execute-api:Invoke"],
    ["has no route", { status: 404, body: { message: "Not Found" } }, "404"],
    [
      "is sent elsewhere",
      { status: 302, headers: { location: "https://login.example.com/" } },
      "not this service's API",
    ],
    ["meets a web page", { status: 200, body: "<!doctype html>" }, "not this service's API"],
    ["meets another API", { status: 202, body: { ok: true } }, "not this service's API"],
  ] as const)("that %s is not sent again", async (_, reply, words) => {
    inTurn(reply);
    const one = caller();
    expect(await one.refusal()).toContain(words);
    expect(server.requests.length).toBe(1);
    expect(one.waitedSeconds).toBe(0);
    expect(one.said).toBe("");
  });

  test("to where nobody listens, or nobody speaks TLS, fails at once and says where that is", async () => {
    inTurn(accepted);
    const tls = server.url.replace("http:", "https:");
    for (const url of [await closedUrl(), tls]) {
      const one = caller(url);
      expect(await one.refusal()).toMatch(new RegExp(`^${url} cannot be reached \\(`));
      expect(one.waitedSeconds).toBe(0);
      expect(one.said).toBe("");
    }
  });
});

describe("a list", () => {
  const view = (id: string, status = "queued") => ({
    id,
    status,
    user: "a@example.com",
    attempts: 0,
    acceptedAt: "2026-01-05T09:00:00.000Z",
    updatedAt: "2026-01-05T09:00:00.000Z",
  });

  test("is asked for page by page, each only when the one before is used up, with its filter in every question", async () => {
    server.answer((_, index) => ({
      status: 200,
      body: { operations: [view(`call-${index}`)], ...(index < 2 ? { cursor: `c+${index}` } : {}) },
    }));
    const { api } = caller();
    const asked: number[] = [];
    for await (const { id } of api.list({ status: "queued", user: "jane+tag@example.com" })) {
      expect(id).toBe(`call-${asked.length}`);
      asked.push(server.requests.length);
    }
    expect(asked).toEqual([1, 2, 3]);
    const queries = server.requests.map(({ target }) =>
      Object.fromEntries(new URL(target, server.url).searchParams.entries()),
    );
    const filter = { limit: "200", status: "queued", user: "jane+tag@example.com" };
    expect(queries).toEqual([filter, { ...filter, cursor: "c+0" }, { ...filter, cursor: "c+1" }]);
  });

  test("of a service that is newer shows what is new, and of an operation that is not known there is none", async () => {
    inTurn(
      { status: 200, body: { ...view("call-0"), lane: "second" } },
      problem(404, "not-found", "No such operation."),
    );
    const { api } = caller();
    expect(await api.operation("call-0")).toEqual({ ...view("call-0"), lane: "second" });
    expect(await api.operation("a/../b?c")).toBeUndefined();
    expect(server.requests[1]?.target).toBe("/v1/operations/a%2F..%2Fb%3Fc");
  });

  test("is what waiting asks for, call by call, no call that is through again; of the last one that waits, when it is expected", async () => {
    const calls = { first: 500, second: 500, third: 1 };
    const ids = Object.entries(calls).flatMap(([call, count]) =>
      Array.from({ length: count }, (_, index) => `${call}-${String(index).padStart(3, "0")}`),
    );
    const rounds = { first: 1, second: 3, third: 2 };
    const asked = { first: 0, second: 0, third: 0 };
    const waiting = {
      until: "2026-01-05T09:01:00.000Z",
      reason: "budget",
      ahead: 7,
      expectedAt: "2026-01-05T09:02:00.000Z",
    };
    const single: string[] = [];
    server.answer(({ target }) => {
      const id = /^\/v1\/operations\/(\S+)$/.exec(target)?.[1];
      if (id !== undefined) {
        single.push(id);
        return { status: 200, body: { ...view(id), waiting } };
      }
      const query = new URL(target, server.url).searchParams;
      const call = (["first", "second", "third"] as const).find((each) => each === query.get("call"));
      if (call === undefined) return { status: 404 };
      const from = Number(query.get("cursor") ?? 0);
      if (from === 0) asked[call]++;
      const all = ids.filter((id) => id.startsWith(call));
      const status = (index: number) => (asked[call] < rounds[call] ? "queued" : index === 3 ? "failed" : "succeeded");
      const operations = all.map((id, index) => view(id, status(index))).slice(from, from + 200);
      return { status: 200, body: { operations, ...(from + 200 < all.length ? { cursor: String(from + 200) } : {}) } };
    });
    const { api, clock } = caller();
    const standings: Standing[] = [];
    const operations = await untilSettled(
      clock,
      api.waitFor({ ids }, { onStanding: (standing) => standings.push(standing) }),
    );
    expect(operations.map(({ id }) => id)).toEqual(ids);
    expect(asked).toEqual(rounds);
    expect(single).toEqual(["third-000", "second-499"]);
    expect(server.requests.length).toBe(3 * rounds.first + 3 * rounds.second + rounds.third + single.length);
    expect(standings).toEqual([
      { total: 1001, ended: 500, succeeded: 499, failed: 1, waiting },
      { total: 1001, ended: 501, succeeded: 500, failed: 1, waiting },
      { total: 1001, ended: 1001, succeeded: 999, failed: 2 },
    ]);
  });
});

test("what a person does is submitted as it was written", async () => {
  inTurn(accepted);
  const { clock, api } = caller();
  const written = [{ user: "zoë.李@example.com", requestID: "🎈", do: [{ update: { lastname: 'O\'Neil "Nan"' } }] }];
  await untilSettled(clock, api.submit(written, { name: "another name", testOnly: true }));
  expect(server.requests[0]?.target).toBe("/v1/operations?testOnly=true");
  expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual(written);
});
