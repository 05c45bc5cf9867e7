import { expect, test } from "vitest";
import { sharedFolder } from "../../support/folders.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";

const id = "0123456789abcdef0123456789abcdef";
const times = { receivedAt: "2026-11-26T12:00:00.000Z", updatedAt: "2026-11-26T12:00:05.000Z" };
const failed = {
  id,
  source: "hibob",
  record: "7",
  status: "failed",
  ...times,
  reason: { code: "mapping-failed", message: "Nobody knows who left." },
};
const setUp = { id: "f".repeat(32), source: "gusto", status: "set-up", ...times, token: "a-token" };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** An API that gives these answers in turn, and what it was asked. */
function api(...answers: readonly (readonly [status: number, body: object])[]) {
  const asked: Asked[] = [];
  const left = [...answers];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    const { pathname, search } = new URL(String(url));
    asked.push({
      method: init.method ?? "GET",
      path: pathname + search,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    });
    const [status, body] = left.shift() ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, fetch };
}

test("Deliveries are listed with why they failed, or the key that a sender offers", async () => {
  const { fetch, asked } = api([200, { deliveries: [failed], cursor: "more" }], [200, { deliveries: [setUp] }]);
  const { stdout, error } = await runInProcess(["deliveries", "--source", "hibob", "--status", "failed"], { fetch });
  expect(error).toBeUndefined();
  expect(stdout).toMatch(new RegExp(`${id} +failed +hibob +7 .*Nobody knows who left\\.`));
  expect(stdout).toMatch(/set-up +gusto .*offers the key a-token/);
  expect(asked.map(({ path }) => path)).toEqual([
    "/v1/deliveries?source=hibob&status=failed&limit=200",
    "/v1/deliveries?source=hibob&status=failed&limit=200&cursor=more",
  ]);
});

test("A status that only a newer service has is shown", async () => {
  const { fetch } = api([200, { deliveries: [{ ...failed, status: "pondered" }] }]);
  const { stdout } = await runInProcess(["deliveries", "--json"], { fetch });
  expect(JSON.parse(stdout)).toMatchObject([{ status: "pondered" }]);
});

test("Deliveries are retried one by one, and those that cannot be are named", async () => {
  const problem = {
    type: "urn:problem-type:umapi-workers:not-to-retry",
    title: "There is nothing to retry",
    status: 409,
    detail: "It has not failed.",
  };
  const { fetch, asked } = api([202, { id, status: "queued" }], [409, problem]);
  const { stdout, stderr, error } = await runInProcess(["deliveries", "retry", id, "other"], { fetch });
  expect(stdout).toBe("1 delivery queued again.\n");
  expect(stderr).toMatch(/"other" is not retried: .*It has not failed\./);
  expect(error).toMatchObject({ name: "Unsuccessful" });
  expect(asked).toMatchObject([
    { method: "POST", path: `/v1/deliveries/${id}/retry` },
    { path: "/v1/deliveries/other/retry" },
  ]);
});

test("They are retried at the service that --url names", async () => {
  const asked: string[] = [];
  const fetch = async (url: string | URL | Request) => {
    asked.push(String(url));
    return new Response(JSON.stringify({ id, status: "queued" }), { status: 202 });
  };
  await runInProcess(["deliveries", "retry", id, "--url", "http://127.0.0.1:4444"], { fetch });
  expect(asked).toEqual([`http://127.0.0.1:4444/v1/deliveries/${id}/retry`]);
});

const { write: file } = sharedFolder();

const people = [
  { record: "5", email: "a@example.com" },
  { record: "6", username: "bb", domain: "example.com" },
];

test.each([
  ["CSV with commas", "Employee ID,Name,Work Email,Username,Domain\n5,A,a@example.com,,\n6,B,,bb,example.com\n"],
  ["CSV with semicolons", "email;username;domain;id\na@example.com;;;5\n;bb;example.com;6\n"],
  ["JSON", '[{"id": 5, "workEmail": "a@example.com", "x": 1}, {"id": "6", "username": "bb", "domain": "example.com"}]'],
])("People are seeded from %s", async (_, text) => {
  const { fetch, asked } = api([200, { seeded: 1, known: 1 }]);
  const { stdout, error } = await runInProcess(["webhooks", "seed", "hibob", file("people", text)], { fetch });
  expect(error).toBeUndefined();
  expect(stdout).toBe("1 record of hibob seeded. 1 record was known already.\n");
  expect(asked).toEqual([{ method: "POST", path: "/v1/webhooks/hibob/people", body: { people } }]);
});

test("Any number of people is seeded, in calls that the API takes", async () => {
  const rows = Array.from({ length: 1001 }, (_, index) => `${index},p${index}@example.com`);
  const { fetch, asked } = api(
    [200, { seeded: 500, known: 0 }],
    [200, { seeded: 500, known: 0 }],
    [200, { seeded: 1, known: 0 }],
  );
  const { stdout } = await runInProcess(["webhooks", "seed", "hibob", file("many", `id,email\n${rows.join("\n")}`)], {
    fetch,
  });
  expect(stdout).toBe("1,001 records of hibob seeded.\n");
  expect(asked.length).toBe(3);
});

test.each([
  ["without a column for the id", "email\na@example.com\n", /needs a column for the record's id/],
  ["without an email", "id,email\n5,\n", /line 2: no email and no username/],
  ["with what is not an email", "id,email\n5,a(at)example.com\n", /line 2: an email with no @/],
  ["without anybody", "id,email\n", /names nobody/],
  ["that is an object", '{"id": 5}', /needs a column/],
  ["of numbers", "[1, 2]", /is not a list of objects/],
])("A file %s is refused before anything is seeded", async (_, text, message) => {
  const { error } = await runInProcess(["webhooks", "seed", "hibob", file("bad", text)]);
  expect(error).toMatchObject({ name: "CommandError", message: expect.stringMatching(message) });
});
