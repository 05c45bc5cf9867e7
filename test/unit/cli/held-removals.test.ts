import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { problem } from "../../../shared/api/problem.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { kept, runInProcess } from "../../support/umapi-in-process.ts";

const hash = "3f2a9c01b7de";
const role = "arn:aws:iam::111111111111:role/nightly";
const none = { limit: { operations: 100, seconds: 3600 }, counted: 12, held: 0, bySubmitter: {} };
const held = { ...none, counted: 100, held: 1002, hash, bySubmitter: { "": 2, [role]: 1000 } };
const other = problem("another-set", "The hash names another set.");

const clock = new SimulatedClock(Date.parse("2026-11-26T12:00:00Z"));
const times = { acceptedAt: "2026-11-26T11:57:00.000Z", updatedAt: "2026-11-26T11:57:05.000Z" };

/** Operations that the limit holds. */
function operations(count: number, more: object = {}) {
  return Array.from({ length: count }, (_, index) => ({
    id: `0123456789abcdef0123456789abcdef-${String(index).padStart(3, "0")}`,
    status: "queued",
    user: `p${index}@example.com`,
    attempts: 0,
    ...times,
    waiting: { reason: "removal-limit" },
    ...more,
  }));
}

/** An API that gives these answers by their routes, and what it was asked. */
function api(answers: Readonly<Record<string, readonly [status: number, body: object]>>) {
  const asked: string[] = [];
  const fetch = async (url: string | URL | Request, { method = "GET", body }: RequestInit = {}) => {
    const { origin, pathname, search } = new URL(String(url));
    asked.push([method, origin + pathname + search, body ?? ""].join(" ").trim());
    const [status, answer] = answers[pathname] ?? [404, {}];
    return new Response(JSON.stringify(answer), { status });
  };
  return { asked, fetch };
}

const local = "http://127.0.0.1:3000";
const shown = { "/v1/removals": [200, held] } as const;

/** With somebody at the terminal, who types this. */
async function atTerminal(args: readonly string[], typed: string, fetch: typeof globalThis.fetch) {
  const stderr = kept({ isTTY: true, columns: 80, rows: 24 });
  const stdin = Object.assign(Readable.from([typed]), { isTTY: true });
  const { error, stdout } = await runInProcess(args, { clock, fetch, stdin, stderr });
  return { error, stdout, question: stderr.text };
}

describe("umapi removals", () => {
  test("says that nothing is held, and asks for no operations", async () => {
    const { fetch, asked } = api({ "/v1/removals": [200, none] });
    const { stdout, error } = await runInProcess(["removals"], { clock, fetch });
    expect(error).toBeUndefined();
    expect(stdout.split("\n")).toEqual([
      "Removals of people",
      "  limit     100 removals in any 3,600 s",
      "  counted   12 in the last 3,600 s",
      "  held      none",
      "",
    ]);
    expect(asked).toEqual([`GET ${local}/v1/removals`]);
  });

  test("shows how many are held, who asked for them, whom they are on, and what to type next", async () => {
    const view = { ...held, held: 2, bySubmitter: { "": 1, [role]: 1 } };
    const found = operations(2, { submittedBy: role });
    const { fetch, asked } = api({ "/v1/removals": [200, view], "/v1/operations": [200, { operations: found }] });
    const { stdout, error } = await runInProcess(["removals"], { clock, fetch });
    expect(error).toBeUndefined();
    expect(stdout.split("\n")).toEqual([
      "Removals of people",
      "  limit     100 removals in any 3,600 s",
      "  counted   100 in the last 3,600 s",
      "  held      2 removals",
      "  asked by  somebody whom the API does not name: 1",
      `            ${role}: 1`,
      `ID${" ".repeat(36)}ON              ACCEPTED`,
      "0123456789abcdef0123456789abcdef-000  p0@example.com  3 min ago by nightly",
      "0123456789abcdef0123456789abcdef-001  p1@example.com  3 min ago by nightly",
      `Release them: umapi removals release ${hash}  Cancel them: umapi removals cancel ${hash}`,
      "",
    ]);
    expect(asked).toEqual([`GET ${local}/v1/removals`, `GET ${local}/v1/operations?waiting=removal-limit&limit=200`]);
  });

  test("names first who asked for the most", async () => {
    const { fetch } = api({ ...shown, "/v1/operations": [200, { operations: [] }] });
    const { stdout } = await runInProcess(["removals"], { clock, fetch });
    expect(stdout).toMatch(/asked by {2}arn:\S+: 1,000\n +somebody whom the API does not name: 2\n/);
  });

  test.each([
    [0, "Of the set, 2 are not listed"],
    [1, "Of the set, 1 is not listed"],
    [3, "Of these, 1 is of another set"],
    [5, "Of these, 3 are of another set"],
  ])("says why %i are listed where the set holds 2", async (count, words) => {
    const found = { operations: operations(count) };
    const { fetch } = api({ "/v1/removals": [200, { ...held, held: 2 }], "/v1/operations": [200, found] });
    expect((await runInProcess(["removals"], { clock, fetch })).stdout).toContain(words);
  });

  test("tells a program all of it, also without a limit", async () => {
    const view = { ...held, limit: null, counted: 0 };
    const found = operations(3);
    const { fetch } = api({ "/v1/removals": [200, view], "/v1/operations": [200, { operations: found }] });
    const { stdout } = await runInProcess(["removals", "--json"], { clock, fetch });
    expect(JSON.parse(stdout)).toEqual({ ...view, operations: found });
    const text = (await runInProcess(["removals"], { clock, fetch })).stdout;
    expect(text).toMatch(/limit {5}none\n {2}held {6}1,002 removals\n/);
  });

  test("tells a program of an empty list where nothing is held", async () => {
    const { fetch } = api({ "/v1/removals": [200, none] });
    const { stdout } = await runInProcess(["removals", "--json"], { clock, fetch });
    expect(JSON.parse(stdout)).toEqual({ ...none, operations: [] });
  });
});

describe("umapi removals release", () => {
  const answers = { ...shown, "/v1/removals/release": [200, { operations: 1002 }] } as const;

  test("says how many it is about, asks, and goes on only with a yes", async () => {
    for (const typed of ["\n", "no\n", ""]) {
      const { fetch, asked } = api(answers);
      const { error, question } = await atTerminal(["removals", "release", hash], typed, fetch);
      expect(error).toMatchObject({ name: "CommandError", message: "Nothing was released." });
      expect(question).toMatch(/^Release 1,002 removals\? .*\[y\/N\] $/);
      expect(asked).toEqual([`GET ${local}/v1/removals`]);
    }
    const { fetch, asked } = api(answers);
    const { error, stdout } = await atTerminal(["removals", "release", hash], "y\n", fetch);
    expect({ error, stdout }).toEqual({ error: undefined, stdout: "1,002 removals released.\n" });
    expect(asked.at(-1)).toBe(`POST ${local}/v1/removals/release {"hash":"${hash}"}`);
  });

  test("asks nothing of the service without --yes, where nobody is there to confirm", async () => {
    const { fetch, asked } = api(answers);
    const { error } = await runInProcess(["removals", "release", hash], { clock, fetch });
    expect(error).toMatchObject({ name: "CommandError", message: expect.stringContaining("add --yes") });
    expect(asked).toEqual([]);
  });

  test("does not ask about what another hash names", async () => {
    const { fetch, asked } = api(answers);
    const { error, question } = await atTerminal(["removals", "release", "000000000000"], "y\n", fetch);
    expect(error).toMatchObject({ name: "CommandError", message: expect.stringContaining('the hash "000000000000"') });
    expect({ question, asked }).toEqual({ question: "", asked: [`GET ${local}/v1/removals`] });
  });
});

describe.each([
  ["release", ["--yes"], "1,002 removals released.\n"],
  ["cancel", [], "1,002 removals canceled.\n"],
] as const)("umapi removals %s", (name, options, words) => {
  const url = "http://127.0.0.1:4444";
  const args = ["removals", name, hash, ...options, "--url", url];

  test("decides about the set that the hash names, at the service that --url names", async () => {
    const { fetch, asked } = api({ [`/v1/removals/${name}`]: [200, { operations: 1002 }] });
    const { error, stdout } = await runInProcess(args, { clock, fetch });
    expect({ error, stdout }).toEqual({ error: undefined, stdout: words });
    expect(asked).toEqual([`POST ${url}/v1/removals/${name} {"hash":"${hash}"}`]);
    const forPrograms = await runInProcess([...args, "--json"], { clock, fetch });
    expect(JSON.parse(forPrograms.stdout)).toEqual({ operations: 1002 });
  });

  test("says of another set's hash in one sentence where the right one is found", async () => {
    const { fetch } = api({ [`/v1/removals/${name}`]: [409, other] });
    const { error, stdout } = await runInProcess(args, { clock, fetch });
    expect(stdout).toBe("");
    expect(error).toMatchObject({
      name: "CommandError",
      message: `No held removals wait for a decision under the hash "${hash}": either they are decided about already, or umapi removals --url ${url} shows another hash.`,
    });
  });

  test("hands on any other refusal", async () => {
    const { fetch } = api({ [`/v1/removals/${name}`]: [413, problem("too-large", "It is too large.")] });
    const { error } = await runInProcess(args, { clock, fetch });
    expect(error).toMatchObject({ name: "CommandError", message: expect.stringContaining("It is too large.") });
  });

  test("says, if it is stopped, that it may be done", async () => {
    const { fetch } = api({ [`/v1/removals/${name}`]: [200, { operations: 1002 }] });
    const told: string[] = [];
    await runInProcess(args, {
      clock,
      fetch,
      ifStopped: (ending) => told.push(typeof ending === "function" ? ending() : ""),
    });
    expect(told).toEqual([
      `The removals may be decided about already: umapi removals --url ${url} shows what is held.`,
    ]);
  });
});

test("An operation above the limit says what it waits for", async () => {
  const { fetch } = api({ "/v1/operations": [200, { operations: operations(1) }] });
  const { stdout } = await runInProcess(["list", "--waiting", "removal-limit"], { clock, fetch });
  expect(stdout).toContain("waits for somebody to release or cancel it: umapi removals\n");
});
