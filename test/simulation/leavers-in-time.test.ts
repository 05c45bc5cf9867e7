import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { LeaverRun } from "./leaver-run.ts";

let run: LeaverRun;

afterEach(() => run.world.stop());

const minuteMs = 60_000;
const leaversPerMinute = 5;
const ceilingPerMinute = 100;

describe("While Adobe answers within two seconds, and one leaver comes each 12 s", () => {
  test("each is sent within 30 s in the two minutes after 500 joiners, and later within 10 s, and the joiners go on", async () => {
    run = await LeaverRun.start(1, 12 * leaversPerMinute, credentials);
    const { clock } = run.world;
    const startsAt = clock.now();
    const steadyAt = startsAt + 2 * minuteMs;
    await run.fill(500);
    await run.leave(12, 500);
    await clock.advance(minuteMs);
    const [early, steady] = [run.waits(startsAt, steadyAt), run.waits(steadyAt, clock.now())];
    expect([early.length, steady.length]).toEqual([2 * leaversPerMinute, 10 * leaversPerMinute]);
    expect(early.at(-1)).toBeLessThanOrEqual(30);
    // One in a hundred may wait longer.
    expect(steady.at(-2)).toBeLessThanOrEqual(10);
    expect(run.commandsPerMinute(steadyAt)).toBeGreaterThanOrEqual(0.97 * ceilingPerMinute);
  });

  test("each is sent at once where nobody else waits", async () => {
    run = await LeaverRun.start(1, 5 * leaversPerMinute, credentials);
    const startsAt = run.world.clock.now();
    await run.leave(5, 0);
    expect(run.waits(startsAt, run.world.clock.now())).toEqual(Array(5 * leaversPerMinute).fill(0));
  });
});

test("50 joiners go into an idle lane as fast as Adobe answers", async () => {
  run = await LeaverRun.start(1, 1, credentials);
  const { clock } = run.world;
  const startsAt = clock.now();
  await run.fill(50);
  await clock.advance(minuteMs);
  const answersMs = run.requests.slice(0, -1).reduce((sum, { answeredInMs }) => sum + answeredInMs, 0);
  expect(run.requests.map(({ commands }) => commands)).toEqual(Array(5).fill(10));
  expect((run.requests.at(-1)?.at ?? 0) - startsAt).toBeLessThanOrEqual(answersMs + 100);
});
