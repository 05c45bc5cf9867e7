import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { untilSettled } from "../../support/reading.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { type Reply, recordingServer } from "./recording-server.ts";

const server = await recordingServer();
const clock = new SimulatedClock();
const now = clock.now();
const time = (ms: number) => new Date(ms).toISOString();

type Seen = { readonly status: string; readonly agoSeconds: number };

/** A service that has so many operations of one call, each of them as it is first and then as it is at last. */
function service(
  first: readonly Seen[],
  last: readonly Seen[],
  headers: Record<string, string>,
  before: readonly Reply[] = [],
) {
  const accepted = { operations: first.map((_, index) => ({ id: `call-00${index}`, status: "queued" })) };
  const view = ({ status, agoSeconds }: Seen, index: number) => ({
    id: `call-00${index}`,
    status,
    user: `person${index}@example.com`,
    attempts: 0,
    acceptedAt: time(now - agoSeconds * 1000),
    updatedAt: time(now),
    ...(status === "failed" ? { error: { code: "error.group.not_found", message: "None", certain: true } } : {}),
  });
  let posts = 0;
  let looks = 0;
  server.answer(({ method, target }) => {
    if (method === "POST") return before[posts++] ?? { status: 202, headers, body: accepted };
    if (!target.includes("call="))
      return { status: 200, body: view(first[0] ?? { status: "queued", agoSeconds: 0 }, 0) };
    const seen = looks++ === 0 ? first : last;
    return { status: 200, body: { operations: seen.map(view) } };
  });
}

const replayed = { "idempotency-replayed": "true" };

async function submit(count: number, ...options: string[]) {
  const commands = Array.from({ length: count }, (_, index) => ({
    user: `person${index}@example.com`,
    do: [{ add: { group: ["Design"] } }],
  }));
  const ticking = new SimulatedClock();
  const args = ["submit", "-", "--url", server.url, ...options];
  const stdin = Readable.from([Buffer.from(JSON.stringify(commands))]);
  return await untilSettled(ticking, runInProcess(args, { clock: ticking, fetch, stdin }));
}

const each = (status: string, agoSeconds: number, count = 1): Seen[] => Array(count).fill({ status, agoSeconds });

describe("what was submitted before is told as a repeat, not as done", () => {
  test.each([
    ["a moment ago", 1, "1 s ago"],
    ["within a minute", 40, "40 s ago"],
    ["hours ago", 7200, "2 h ago"],
    ["days ago", 5 * 86_400, "5 days ago"],
  ])("%s", async (_, agoSeconds, told) => {
    service(each("succeeded", agoSeconds), each("succeeded", agoSeconds), replayed);
    const { error, stdout, stderr } = await submit(1, "--wait");
    expect(error).toBeUndefined();
    expect(stdout).toBe("1 operation: 1 repeated.\nIt was submitted before: nothing was queued now.\n");
    expect(stderr).toMatch(
      new RegExp(
        `^This is a repeat: it was submitted before, ${told}, and is not done again\\. To do it once more, add --key `,
      ),
    );
  });

  test("and what has failed before as failed, with what to do about it", async () => {
    const seen = [...each("succeeded", 50, 3), ...each("failed", 50)];
    service(seen, seen, replayed);
    const { error, stdout } = await submit(4, "--wait");
    expect(error).toMatchObject({ name: "Unsuccessful" });
    expect(stdout).toContain(
      "\n4 operations: 1 failed, 3 repeated.\nThey were submitted before: nothing was queued now.\n",
    );
    expect(stdout).toContain("\n  umapi retry --call call --wait --url ");
  });

  test("but what was still queued then, and ran while this watched, by what became of it", async () => {
    service([...each("succeeded", 9), ...each("queued", 9, 2)], each("succeeded", 9, 3), replayed);
    const { stdout, stderr } = await submit(3, "--wait");
    expect(stdout).toContain("3 operations: 2 succeeded, 1 repeated.\n");
    expect(stderr).toContain("2 of them are still queued: what has been submitted since goes after them.");
  });

  test("to programs as well, with its status as it is, whether they wait or not", async () => {
    for (const options of [["--json"], ["--json", "--wait"]]) {
      service(each("succeeded", 30, 2), each("succeeded", 30, 2), replayed);
      const { stdout, stderr } = await submit(2, ...options);
      expect(JSON.parse(stdout)).toMatchObject([
        { id: "call-000", status: "succeeded", repeated: true },
        { id: "call-001", status: "succeeded", repeated: true },
      ]);
      expect(stderr).toMatch(/^This is a repeat: they were/);
    }
  });

  test("also where the service does not tell since when", async () => {
    server.answer(({ method }) =>
      method === "POST"
        ? { status: 202, headers: replayed, body: { operations: [{ id: "call-000", status: "queued" }] } }
        : { status: 403 },
    );
    expect((await submit(1)).stderr).toMatch(/^This is a repeat: it was submitted before and is not done again\./);
  });

  test("without a wait, with where to look", async () => {
    service(each("succeeded", 30), each("succeeded", 30), replayed);
    const { stdout } = await submit(1);
    expect(stdout).toMatch(/^Nothing was queued now\. See what became of it:\n {2}umapi list --call call --url \S+\n$/);
  });
});

describe("what this run submitted is not a repeat", () => {
  test.each([
    ["answered at once", {}, []],
    ["answered at the second try", {}, [{ status: 503 }]],
    ["accepted by a try whose answer was lost", replayed, ["cut"]],
    ["accepted by a try that API Gateway gave up", replayed, [{ status: 504 }]],
  ] as const)("%s", async (_, headers, before) => {
    service(each("queued", 0), each("succeeded", 0), headers, before);
    const { stdout, stderr } = await submit(1, "--wait");
    expect(stdout).toBe("1 operation: 1 succeeded.\n");
    expect(stderr).not.toContain("repeat");
    service(each("queued", 0), each("succeeded", 0), headers, before);
    expect(JSON.parse((await submit(1, "--json")).stdout)).toEqual([{ id: "call-000", status: "queued" }]);
  });

  test("unless it is older than this run, even if an answer was lost", async () => {
    service(each("succeeded", 3600), each("succeeded", 3600), replayed, ["cut"]);
    expect((await submit(1, "--wait")).stdout).toMatch(/^1 operation: 1 repeated\.\n/);
  });
});
