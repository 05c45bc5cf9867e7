import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { ReadWait } from "../../shared/reads/paced-reader.ts";
import { mostInAnyWindow, untilSettled } from "../support/reading.ts";
import { ReadingWorld } from "./reading-world.ts";

const minute = 60_000;
const megabytes = 1024 * 1024;
const withId = z.array(z.object({ id: z.string() }));
const records = z.array(z.object({ at: z.number(), path: z.string(), status: z.nullable(z.number()) }));

/** The requests that count against an API, as the sandbox has them. */
async function requestsTo(world: ReadingWorld, api: "users" | "groups") {
  const counted = api === "users" ? /\/(users|organizations)\// : /\/groups\//;
  return records.parse(await world.sandbox("requests")).filter(({ path }) => counted.test(path));
}

describe("an organisation of 100,000 users", () => {
  test("is read user by user, each once, as fast as Adobe allows and one page at a time", async () => {
    const taken: (string | undefined)[] = [];
    const takenAtRequest: number[] = [];
    const world = new ReadingWorld({
      users: 100_000,
      onSend: () => takenAtRequest.push(taken.length),
    });
    const start = world.clock.now();
    await untilSettled(
      world.clock,
      (async () => {
        for await (const { id } of world.reader().users()) taken.push(id);
      })(),
    );
    expect(taken.length).toBe(100_000);
    expect(new Set(taken)).toEqual(new Set(withId.parse(await world.sandbox("users")).map(({ id }) => id)));
    // A page is asked for when the one before has been taken.
    expect(takenAtRequest).toEqual(Array.from({ length: 50 }, (_, page) => page * 2000));
    const requests = await requestsTo(world, "users");
    expect(requests.every(({ status }) => status === 200)).toBe(true);
    expect(
      mostInAnyWindow(
        requests.map(({ at }) => at),
        minute,
      ),
    ).toBe(25);
    // 25 pages, the rest of the minute, 25 pages.
    expect(world.clock.now() - start).toBeLessThan(minute + 25 * 500 + 2000);
  });

  test("(here 10,000, on as many pages) is read on after a block of 54 minutes in the middle", async () => {
    const world = new ReadingWorld({ users: 10_000, pageSize: 200 });
    await world.sandbox("faults", [{ on: "users", status: 429, retryAfter: 3244, after: 30 }]);
    const seen = new Set<string | undefined>();
    const waits: ReadWait[] = [];
    let taken = 0;
    await untilSettled(
      world.clock,
      (async () => {
        for await (const { id } of world.reader().users({ onWait: (wait) => waits.push(wait) })) {
          seen.add(id);
          taken++;
        }
      })(),
    );
    expect([taken, seen.size]).toEqual([10_000, 10_000]);
    const pages = (await requestsTo(world, "users")).map(({ path }) => Number(path.split("/").at(-1)));
    expect(pages).toEqual([...Array(31).keys(), 30, ...Array.from({ length: 19 }, (_, index) => 31 + index)]);
    expect(waits.map(({ reason }) => reason)).toContain("throttled");
  });
});

test("a page that Adobe leaves hanging is asked for again, and none is asked for without end", async () => {
  const world = new ReadingWorld({ users: 10, pageSize: 4 });
  await world.sandbox("faults", [{ on: "users", effect: "hang", after: 1, times: 7 }]);
  const readAll = async () => {
    const taken: unknown[] = [];
    for await (const user of world.reader().users()) taken.push(user);
    return taken;
  };
  const error = await untilSettled(
    world.clock,
    readAll().catch((reason) => reason),
  );
  expect(error).toMatchObject({ code: "adobe-unavailable", page: 1, failure: { code: "adobe-unavailable" } });
  expect(error.failure).not.toHaveProperty("status");
  await world.sandbox("faults", [{ on: "users", effect: "hang", after: 1, times: 3 }]);
  expect((await untilSettled(world.clock, readAll())).length).toBe(10);
});

test("a store of lanes that is slow every time holds no reader up for ever", async () => {
  const world = new ReadingWorld({ users: 10, slowWriteMs: () => 5000 });
  const [everyone] = withId.parse(await world.sandbox("users"));
  const reads = world.reader().users();
  expect((await untilSettled(world.clock, reads.next())).value).toMatchObject({ id: everyone?.id });
});

describe("memory", () => {
  const program = fileURLToPath(new URL("read-in-flat-memory.ts", import.meta.url));
  const grown = z.object({ users: z.number(), heap: z.number(), rss: z.number() });
  async function read(...args: string[]) {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, ...args]);
    return grown.parse(JSON.parse(stdout));
  }

  test("does not grow with the organisation, and would be seen to if the users were kept", async () => {
    const [flat, hoarded] = await Promise.all([read(), read("hoard")]);
    expect(flat.users).toBe(100_000);
    expect(flat.heap).toBeLessThan(10 * megabytes);
    expect(hoarded.heap).toBeGreaterThan(30 * megabytes);
    expect(flat.rss).toBeLessThan(150 * megabytes);
  });
});

describe("Adobe's limits", () => {
  /** How long requests are under way, and what else befalls readers. */
  const days = fc.record({
    journeys: fc.infiniteStream(
      fc.record({
        // With the quarter of a second that a slot may lie before it is used: what a lane reckons with at most.
        thereMs: fc.oneof(fc.constantFrom(0, 750), fc.integer({ min: 0, max: 750 })),
        backMs: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 })),
      }),
    ),
    /** Of every third write. */
    slowWriteMs: fc.constantFrom(0, 240, 260, 1000, 3000),
    pageSize: fc.integer({ min: 3, max: 12 }),
    readers: fc.integer({ min: 1, max: 3 }),
    pauses: fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 3, maxLength: 3 }),
    faults: fc.array(
      fc.record({
        on: fc.constantFrom("users", "groups"),
        status: fc.constantFrom(429, 429, 503),
        retryAfter: fc.integer({ min: 0, max: 100 }),
        after: fc.integer({ min: 0, max: 20 }),
      }),
      { maxLength: 4 },
    ),
  });

  test("are kept in any minute, by any number of readers of one credential, and everyone is read once", async () => {
    await fc.assert(
      fc.asyncProperty(days, async ({ journeys, slowWriteMs, pageSize, readers, pauses, faults }) => {
        let writes = 0;
        const world = new ReadingWorld({
          users: 90,
          pageSize,
          journey: () => journeys.next().value,
          slowWriteMs: () => (++writes % 3 === 0 ? slowWriteMs : 0),
        });
        await world.sandbox("faults", faults);
        const everyone = withId.parse(await world.sandbox("users")).map(({ id }) => id);
        const readAll = async (index: number) => {
          const reads = world.reader();
          const taken: (string | undefined)[] = [];
          for await (const { id, email = "" } of reads.users()) {
            taken.push(id);
            if (taken.length % 7 === 0) expect(await reads.user({ user: email })).toMatchObject({ id });
          }
          await world.clock.sleep(pauses[index] ?? 0);
          let groups = 0;
          for await (const _ of reads.groups()) groups++;
          expect(taken).toEqual(everyone);
          expect(groups).toBeGreaterThan(0);
        };
        await untilSettled(world.clock, Promise.all(Array.from({ length: readers }, (_, index) => readAll(index))));
        for (const [api, limit] of [
          ["users", 25],
          ["groups", 5],
        ] as const) {
          const requests = await requestsTo(world, api);
          expect(
            mostInAnyWindow(
              requests.map(({ at }) => at),
              minute,
            ),
          ).toBeLessThanOrEqual(limit);
          expect(requests.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(faults.length);
        }
      }),
      { numRuns: 25 },
    );
  });
});
