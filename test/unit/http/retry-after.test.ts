import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRetryAfter } from "../../../shared/http/retry-after.ts";
import { runs } from "../../support/runs.ts";

const sent = "Fri, 06 Nov 2026 08:49:37 GMT";
const sentAt = Date.UTC(2026, 10, 6, 8, 49, 37);
/** Our own clock is off by an hour, which must not matter where the answer has a date. */
const now = sentAt + 3_600_000;

describe("Retry-After in seconds", () => {
  test.each([
    ["38", 38_000],
    ["3244", 3_244_000],
    ["0", 0],
    ["007", 7000],
    [" 5 ", 5000],
    ["1.5", 1500],
    ["1.25", 1250],
  ])("%j", (header, ms) => {
    expect(parseRetryAfter(header, sent, now)).toBe(ms);
    expect(parseRetryAfter(header, null, now)).toBe(ms);
  });
});

describe("Retry-After as a date, in each form of RFC 9110", () => {
  const forms = [
    ["IMF-fixdate", "Fri, 06 Nov 2026 08:50:37 GMT"],
    ["RFC 850", "Friday, 06-Nov-26 08:50:37 GMT"],
    ["asctime", "Fri Nov  6 08:50:37 2026"],
    ["one of them without its zone", "Fri, 06 Nov 2026 08:50:37"],
  ] as const;

  test.each(forms)("%s is read against the answer's own date", (_, header) => {
    expect(parseRetryAfter(header, sent, now)).toBe(60_000);
  });

  test.each(forms)("%s is read against our clock where the answer has no usable date", (_, header) => {
    for (const date of [null, "", "yesterday", "Fri 1"]) expect(parseRetryAfter(header, date, sentAt)).toBe(60_000);
  });

  test.each([...forms])("the answer's date may be in %s too", (_, date) => {
    expect(parseRetryAfter("Fri, 06 Nov 2026 08:51:37 GMT", date, now)).toBe(60_000);
  });

  test.each(forms)("%s means UTC wherever this runs", (_, header) => {
    const zone = process.env["TZ"];
    process.env["TZ"] = "America/New_York";
    try {
      expect(parseRetryAfter(header, sent, now)).toBe(60_000);
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });

  test("may lie in the past", () => {
    expect(parseRetryAfter("Fri, 06 Nov 2026 08:48:37 GMT", sent, now)).toBe(-60_000);
  });
});

describe("Retry-After that came more than once", () => {
  const inOneMinute = "Fri, 06 Nov 2026 08:50:37 GMT";
  test.each([
    ["the same seconds", "38, 38", 38_000],
    ["the same seconds three times, without spaces", "38,38,38", 38_000],
    ["two that differ: the later", "5, 10", 10_000],
    ["two that differ, the later first", "10, 5", 10_000],
    ["the same date", `${inOneMinute}, ${inOneMinute}`, 60_000],
    ["dates in three forms", `Friday, 06-Nov-26 08:50:37 GMT, Fri Nov  6 08:50:07 2026,${inOneMinute}`, 60_000],
    ["a date and more seconds", `${inOneMinute}, 90`, 90_000],
    ["fewer seconds and a date", `38, ${inOneMinute}`, 60_000],
    ["one that is not usable", `soon, 38, ${inOneMinute.slice(0, 3)},`, 38_000],
    ["an empty one", ", 38", 38_000],
  ])("%s", (_, header, ms) => {
    expect(parseRetryAfter(header, sent, now)).toBe(ms);
    expect(parseRetryAfter(header, `${sent}, ${sent}`, now)).toBe(ms);
  });

  test("as fetch joins it", () => {
    const headers = new Headers([
      ["Retry-After", "38"],
      ["Retry-After", inOneMinute],
      ["Date", sent],
      ["Date", sent],
    ]);
    expect(parseRetryAfter(headers.get("retry-after"), headers.get("date"), now)).toBe(60_000);
  });

  test("any number of times, in any order", () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 7200 }).map((seconds) => ({ text: String(seconds), ms: seconds * 1000 })),
      fc.integer({ min: 0, max: 7200 }).map((seconds) => {
        return { text: new Date(sentAt + seconds * 1000).toUTCString(), ms: seconds * 1000 };
      }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const header = values.map(({ text }) => text).join(", ");
        expect(parseRetryAfter(header, sent, now)).toBe(Math.max(...values.map(({ ms }) => ms)));
      }),
    );
  });
});

describe("Retry-After that says nothing usable", () => {
  const rubbish = [
    "",
    "  ",
    "-5",
    "+5",
    "1e3",
    "0x10",
    "5s",
    "5; 10",
    ",",
    "soon, later",
    "Fri, soon",
    "soon",
    "NaN",
    "Infinity",
    "Fri",
    "Fri 1",
    "Monday",
  ];
  test.each([
    null,
    ...rubbish,
    "Fri, 99 Nov 2026 08:49:37 GMT",
    "2026-11-06T08:49:37Z",
    "06 Nov 2026 08:49:37 GMT",
    "not Fri Nov  6 08:50:37 2026",
  ])("%j", (header) => {
    expect(parseRetryAfter(header, sent, now)).toBeUndefined();
  });

  test("throws nothing and is no NaN, whatever it is", () => {
    const text = fc.option(
      fc.oneof(
        fc.string(),
        fc.stringMatching(/^-?\d*\.?\d*$/),
        fc
          .tuple(fc.constantFrom("Fri, ", "Mon ", "sunday, "), fc.string(), fc.constantFrom("", " 08:49:37", " GMT"))
          .map((all) => all.join("")),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      ),
    );
    fc.assert(
      fc.property(text, text, (header, date) => {
        expect(parseRetryAfter(header, date, now)).not.toBeNaN();
      }),
      { numRuns: runs(500) },
    );
  });
});
