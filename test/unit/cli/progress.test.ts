import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Standing } from "../../../cli/operations/follow.ts";
import { Progress } from "../../../cli/output/progress.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { kept } from "../../support/umapi-in-process.ts";

const erasedLine = "\u001B[1A";

const standing = (succeeded: number, more: Partial<Standing> = {}): Standing => ({
  total: 1000,
  succeeded,
  failed: 0,
  ...more,
});

describe("progress on a terminal", () => {
  test("is one line that moves: a bar, how many, the rate, the time left and what is waited for", async () => {
    const clock = new SimulatedClock();
    const output = kept({ isTTY: true, columns: 200, rows: 50 });
    const progress = new Progress(output, clock);
    const shown = () => stripVTControlCharacters(output.text.split("\n").at(-2) ?? "").trim();
    progress.show(standing(0));
    expect(shown()).toBe(`${"░".repeat(24)} 0 of 1,000 finished`);
    await clock.advance(60_000);
    progress.show(standing(98, { failed: 2 }));
    expect(shown()).toBe(
      `${"█".repeat(2)}${"░".repeat(22)} 100 of 1,000 finished · 2 failed · 100 a minute · 9 min left`,
    );
    const until = new Date(clock.now() + 20_000).toISOString();
    progress.show(standing(498, { failed: 2, waiting: { until, reason: "throttled" } }));
    expect(shown()).toMatch(
      /^█{12}░{12} 500 of 1,000 finished · 2 failed · 500 a minute · 80 s left · waits for Adobe's throttle until \d\d:\d\d:20$/,
    );
    progress.show(standing(998, { failed: 2 }));
    progress.end();
    expect(shown()).toBe(`${"█".repeat(24)} 1,000 of 1,000 finished · 2 failed`);
    // Each drawn over the one before, line by line.
    expect(output.text.split(erasedLine).length).toBe(output.text.split("\n").length - 1);
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

  test("reckons the rate from what it has seen finish, not from what was finished before", async () => {
    const clock = new SimulatedClock();
    const output = kept({ isTTY: true, columns: 200, rows: 50 });
    const progress = new Progress(output, clock);
    progress.show(standing(900));
    await clock.advance(30_000);
    progress.show(standing(905));
    progress.end();
    expect(output.text).toContain("905 of 1,000 finished · 10 a minute · 10 min left");
  });
});

describe("the time left", () => {
  async function said(waiting: Standing["waiting"]): Promise<string> {
    const clock = new SimulatedClock();
    const output = kept();
    const progress = new Progress(output, clock);
    progress.show(standing(0));
    await clock.advance(12_000);
    progress.show({ ...standing(100), ...(waiting === undefined ? {} : { waiting }) });
    return output.text.split("\n").at(-2) ?? "";
  }
  const until = new Date(new SimulatedClock().now() + 60_000).toISOString();

  test("is reckoned from the rate until now where nothing waits", async () => {
    expect(await said(undefined)).toBe("100 of 1,000 finished · 500 a minute · 2 min left");
  });

  test("is not taken from a burst where Adobe's limit lets nothing more through for the rest of a minute", async () => {
    expect(await said({ until, reason: "budget" })).toMatch(/ · 100 a minute · 9 min left · waits for Adobe's limit /);
  });

  test("is told at the first look already, from when the operations were accepted", () => {
    const clock = new SimulatedClock();
    const output = kept();
    const acceptedAt = new Date(clock.now() - 1000).toISOString();
    new Progress(output, clock).show({ ...standing(100), acceptedAt, waiting: { until, reason: "budget" } });
    expect(output.text).toMatch(/ · 98 a minute · 9 min left · waits for Adobe's limit /);
  });

  test("has a throttle on top", async () => {
    const inAnHour = new Date(Date.parse(until) + 3_600_000).toISOString();
    expect(await said({ until: inAnHour, reason: "throttled" })).toMatch(/ · 500 a minute · 63 min left · waits /);
  });
});

test("progress is drawn as well on a terminal whose size nobody has set", async () => {
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
  for (let second = 0; second <= 25; second++) {
    progress.show(standing(second * 10));
    await clock.advance(1000);
  }
  progress.show(standing(1000));
  progress.end();
  expect(output.text.split("\n")).toEqual([
    "0 of 1,000 finished",
    "100 of 1,000 finished · 600 a minute · 90 s left",
    "200 of 1,000 finished · 600 a minute · 80 s left",
    "1,000 of 1,000 finished",
    "",
  ]);
  expect(output.text).toBe(stripVTControlCharacters(output.text));
});
