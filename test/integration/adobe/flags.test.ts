import { expect, test } from "vitest";
import { asksForHelp, HELP, readAdobeFlags } from "../../../infra/local/adobe/flags.ts";

test("without flags the sandbox has Adobe's limits, nobody in it and no block", () => {
  expect(readAdobeFlags([])).toEqual({
    port: 3001,
    rate: { requests: 10, seconds: 60 },
    usersRate: { requests: 25, seconds: 60 },
    groupsRate: { requests: 5, seconds: 60 },
    page0BlockSeconds: 0,
    users: 0,
    order: "any",
  });
});

test("each flag is read", () => {
  const limits = ["--rate", "1/2", "--rate-users", "3/4", "--rate-groups", "5/6", "--page0-block", "3244"];
  expect(readAdobeFlags([...limits, "--port", "0", "--users", "100000", "--order", "kept"])).toEqual({
    port: 0,
    rate: { requests: 1, seconds: 2 },
    usersRate: { requests: 3, seconds: 4 },
    groupsRate: { requests: 5, seconds: 6 },
    page0BlockSeconds: 3244,
    users: 100_000,
    order: "kept",
  });
});

test.each([
  [["--port", "eighty"], '--port must be a whole number from 0 to 65535, not "eighty"'],
  [["--rate", "10"], '--rate must be <requests>/<seconds>, each at least 1, not "10"'],
  [["--rate", "0/60"], '--rate must be <requests>/<seconds>, each at least 1, not "0/60"'],
  [["--rate-users", "x"], '--rate-users must be <requests>/<seconds>, each at least 1, not "x"'],
  [["--rate-groups", "5/0"], '--rate-groups must be <requests>/<seconds>, each at least 1, not "5/0"'],
  [["--page0-block", "1h"], '--page0-block must be a whole number from 0 to 86400, not "1h"'],
  [["--users=-1"], '--users must be a whole number from 0 to 1000000, not "-1"'],
  [["--order", "any order"], '--order must be any or kept, not "any order"'],
  [["--colour"], "--colour"],
])("what cannot be understood is an error of one line that says how to call it: %o", (flags, message) => {
  expect(() => readAdobeFlags(flags)).toThrow(message);
  expect(() => readAdobeFlags(flags)).toThrow(/^[^\n]*Usage: npm run adobe -- [^\n]*\[--page0-block 0\][^\n]*$/);
});

test("its help names every flag with its default, in 80 columns", () => {
  const shown = [...HELP.matchAll(/^ {2}(--\S+ \S+) {2,}\S/gm)].flatMap(([, flag = ""]) => flag.split(" "));
  expect(readAdobeFlags(shown)).toEqual(readAdobeFlags([]));
  expect(shown.length / 2).toBe(Object.keys(readAdobeFlags([])).length);
  expect(HELP.split("\n").every((line) => line.length <= 80)).toBe(true);
  expect([["--help"], ["--users", "3", "-h"], ["--users", "3"], []].map(asksForHelp)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
