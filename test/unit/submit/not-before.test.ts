import { describe, expect, test } from "vitest";
import { mostDaysAhead, partNotBefore } from "../../../shared/submit/not-before.ts";

const now = Date.parse("2027-01-05T09:00:00Z");
const command = { user: "jane.roe@example.com", do: [{ removeFromOrg: {} }] };
const part = (notBefore: unknown) => partNotBefore({ ...command, notBefore }, "/3", now);
const detailOf = (notBefore: unknown) => {
  const { faults } = part(notBefore);
  expect(faults).toMatchObject([{ pointer: "/3/notBefore" }]);
  return faults[0]?.detail;
};

describe("notBefore is parted from Adobe's command", () => {
  test.each([
    ["2027-01-31T18:00:00+01:00", "2027-01-31T17:00:00Z"],
    ["2027-02-28T23:59:59.999Z", "2027-02-28T23:59:59.999Z"],
    ["2028-02-09T00:00:00-08:00", "2028-02-09T08:00:00Z"],
    ["2027-01-31t18:00:00z", "2027-01-31T18:00:00Z"],
    // In the past: it goes at once.
    ["1999-12-31T23:59:59Z", "1999-12-31T23:59:59Z"],
  ])("%s is %s", (given, meant) => {
    expect(part(given)).toEqual({ command, notBefore: Date.parse(meant), faults: [] });
  });

  test("an operation without it is left as it is, and so is what is not an operation", () => {
    for (const value of [command, "text", null, [command]])
      expect(partNotBefore(value, "", now)).toEqual({ command: value, faults: [] });
  });
});

describe("what it cannot be is named, and not repeated", () => {
  test.each(["2027-01-31T18:00:00", "2027-01-31T18:00:00.5"])("%s has no offset", (given) => {
    expect(detailOf(given)).toMatch(/^a time without an offset; expected a time with its offset/);
  });

  test.each([
    "",
    "tomorrow",
    "2027-02-01",
    "2027-02-29T00:00:00Z",
    "2027-13-01T00:00:00Z",
    "2027-01-31T24:00:00Z",
    "2027-01-31T18:00Z",
    "2027-01-31 18:00:00Z",
    "31.01.2027 18:00",
    "2027-01-31T18:00:00+25:00",
    1_800_000_000,
    null,
    true,
    {},
    ["2027-01-31T18:00:00Z"],
  ])("%j is not a time", (given) => {
    const detail = detailOf(given);
    expect(detail).toContain("expected a time with its offset from UTC (RFC 3339)");
    if (typeof given === "string" && given !== "") expect(detail).not.toContain(given);
  });

  test.each(["2028-02-09T09:00:01Z", "2999-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])("%s is too far", (given) => {
    expect(detailOf(given)).toContain(`more than ${mostDaysAhead} days ahead`);
  });

  test.each(["notbefore", "not_before", "NotBefore", "not-before"])("%s is another key", (key) => {
    expect(partNotBefore({ ...command, [key]: "2027-01-31T18:00:00Z" }, "/3", now)).toEqual({
      command,
      faults: [{ pointer: "/3", detail: "an unknown key (perhaps notBefore in other letters)" }],
    });
  });
});
