import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { Progress } from "../../../cli/output/progress.ts";
import type { Standing } from "../../../client/wait.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { kept } from "../../support/umapi-in-process.ts";

const erasedLine = "\u001B[1A";

const standing = (succeeded: number, more: Partial<Standing> = {}): Standing => ({
  total: 1000,
  ended: succeeded + (more.failed ?? 0),
  succeeded,
  failed: 0,
  ...more,
});

const inMs = (clock: SimulatedClock, ms: number) => new Date(clock.now() + ms).toISOString();

describe("progress on a terminal", () => {
  test("is one line that moves: a bar, how many, the time left and what is waited for", async () => {
    const clock = new SimulatedClock();
    const output = kept({ isTTY: true, columns: 200, rows: 50 });
    const progress = new Progress(output, clock);
    const shown = () => stripVTControlCharacters(output.text.split("\n").at(-2) ?? "").trim();
    progress.show(standing(0));
    expect(shown()).toBe(`${"░".repeat(24)} 0 of 1,000 finished`);
    await clock.advance(60_000);
    const limit = { until: inMs(clock, 30_000), reason: "budget", ahead: 899, expectedAt: inMs(clock, 540_000) };
    progress.show(standing(98, { failed: 2, waiting: limit }));
    expect(shown()).toMatch(
      /^█{2}░{22} 100 of 1,000 finished · 2 failed · about 9 min left · waits for Adobe's limit · next try at \d\d:\d\d:30$/,
    );
    progress.show(standing(498, { failed: 2, waiting: { until: inMs(clock, 20_000), reason: "adobe-unavailable" } }));
    expect(shown()).toMatch(
      /^█{12}░{12} 500 of 1,000 finished · 2 failed · waits for Adobe, which is not available · next try at \d\d:\d\d:20$/,
    );
    progress.show(standing(998, { failed: 2 }));
    progress.end();
    expect(shown()).toBe(`${"█".repeat(24)} 1,000 of 1,000 finished · 2 failed`);
    // Each drawn over the one before, line by line.
    expect(output.text.split(erasedLine).length).toBe(output.text.split("\n").length - 1);
  });

  test.each([
    [79, "100 of 1,000 finished · 2 failed · about 9 min left · waits for Adobe's limit"],
    [60, "100 of 1,000 finished · 2 failed · about 9 min left"],
    [40, "100 of 1,000 finished · 2 failed"],
    [26, "100 of 1,000 finished"],
    [12, "100 of 1,0…"],
  ])("of %i columns leaves out whole parts, the last first", (columns, expected) => {
    const clock = new SimulatedClock();
    const output = kept({ isTTY: true, columns, rows: 50 });
    const waiting = { until: inMs(clock, 30_000), reason: "budget", expectedAt: inMs(clock, 540_000) };
    new Progress(output, clock).show(standing(98, { failed: 2, waiting }));
    expect(stripVTControlCharacters(output.text).trim()).toBe(expected);
  });

  test("makes room for what is said meanwhile, which stays", () => {
    const output = kept({ isTTY: true, columns: 200, rows: 50 });
    const progress = new Progress(output, new SimulatedClock());
    progress.show(standing(500));
    progress.aside.write("The service answers 503; asking again in 1 s.\n");
    progress.show(standing(750));
    progress.end();
    const [before = "", after = ""] = output.text.split("The service answers 503; asking again in 1 s.\n");
    expect(before.split(erasedLine).length).toBe(before.split("\n").length);
    expect(after).not.toContain(erasedLine);
    expect(after).toContain("750 of 1,000 finished");
  });
});

describe("the time left", () => {
  /** What is said while so much is finished and the service reckons so, minute by minute. */
  async function said(finished: readonly number[], expectedAfterMinutes: readonly (number | undefined)[]) {
    const clock = new SimulatedClock();
    const output = kept();
    const progress = new Progress(output, clock);
    for (const [minute, count] of finished.entries()) {
      const left = expectedAfterMinutes[minute];
      const until = inMs(clock, 10_000);
      const waiting = {
        until,
        reason: "budget",
        ...(left === undefined ? {} : { expectedAt: inMs(clock, left * 60_000) }),
      };
      progress.show(standing(count, { waiting }));
      await clock.advance(60_000);
    }
    return output.text.split("\n").map((line) => /about (.*) left/.exec(line)?.[1]);
  }

  test("is the service's estimate, whatever finished in a burst", async () => {
    expect(await said([0, 100, 100, 300], [28, 27, 26, 25])).toEqual([
      "28 min",
      "27 min",
      "26 min",
      "25 min",
      undefined,
    ]);
  });

  test("is not shown if it is unknown", async () => {
    expect(await said([0, 100, 200], [undefined, undefined, 5])).toEqual([undefined, undefined, "5 min", undefined]);
  });

  test("is not shown once it is over", async () => {
    expect(await said([990, 995, 999], [0, -1, 2])).toEqual([undefined, undefined, "2 min", undefined]);
  });
});

test("progress is also drawn on a terminal whose size was never set", async () => {
  const output = kept({ isTTY: true, columns: 0, rows: 0 });
  const progress = new Progress(output, new SimulatedClock());
  progress.show(standing(500));
  progress.show(standing(750));
  progress.end();
  expect(output.text).toContain(`${"█".repeat(12)}${"░".repeat(12)} 500 of 1,000 finished`);
  expect(output.text).toContain(erasedLine);
  expect(output.text).toContain(`${"█".repeat(18)}${"░".repeat(6)} 750 of 1,000 finished`);
});

test("progress elsewhere is a plain line at the start, every ten seconds, and at the end", async () => {
  const clock = new SimulatedClock();
  const output = kept();
  const progress = new Progress(output, clock);
  const expectedAt = inMs(clock, 100_000);
  for (let second = 0; second <= 25; second++) {
    progress.show(standing(second * 10, { waiting: { until: expectedAt, reason: "held", expectedAt } }));
    await clock.advance(1000);
  }
  progress.show(standing(1000));
  progress.end();
  expect(output.text.split("\n")).toEqual([
    expect.stringMatching(/^0 of 1,000 finished · about 2 min left · waits after a failure · next try at /),
    expect.stringMatching(/^100 of 1,000 finished · about 90 s left · waits/),
    expect.stringMatching(/^200 of 1,000 finished · about 80 s left · waits/),
    "1,000 of 1,000 finished",
    "",
  ]);
  expect(output.text).toBe(stripVTControlCharacters(output.text));
});
