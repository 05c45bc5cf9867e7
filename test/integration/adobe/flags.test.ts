import { expect, test } from "vitest";
import { adobeFlagsHelp, readAdobeFlags } from "../../../infra/local/adobe/flags.ts";

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
  [["--port", "eighty"], '--port is "eighty"; expected a port from 0 (any that is free) to 65535'],
  [["--rate", "10"], '--rate is "10"; expected requests/seconds, both whole and at least 1'],
  [["--rate", "0/60"], '--rate is "0/60"; expected requests/seconds'],
  [["--rate-users", "x"], '--rate-users is "x"; expected requests/seconds'],
  [["--rate-groups", "5/0"], '--rate-groups is "5/0"; expected requests/seconds'],
  [["--page0-block", "1h"], '--page0-block is "1h"; expected a whole number from 0 to 86400'],
  [["--users=-1"], '--users is "-1"; expected a whole number from 0 to 1000000'],
  [["--order", "any order"], '--order is "any order"; expected any or kept'],
  [["--users", "1e3"], '--users is "1e3"; expected a whole number from 0 to 1000000'],
  [["--user", "3"], "unknown option '--user' (Did you mean --users?). The flags are --port, --rate, --rate-users,"],
  [["--users"], "option '--users <count>' argument missing. The flags are"],
  [["3005"], '"3005" belongs to no flag; flags stand behind two dashes, as in npm run adobe -- --port 3001'],
])("what cannot be understood is an error of one line that names it: %o", (flags, message) => {
  expect(() => readAdobeFlags(flags)).toThrow(message);
  expect(() => readAdobeFlags(flags)).not.toThrow(/\n/);
});

test("the help names every flag with its default, in lines of 80 columns", () => {
  const help = adobeFlagsHelp();
  expect(help).toMatch(/^Usage: npm run adobe -- \[flags\]\n/);
  const shown = [...help.matchAll(/^ {2}(--\S+ \S+) {2,}\S/gm)].flatMap(([, flag = ""]) => flag.split(" "));
  expect(readAdobeFlags(shown)).toEqual(readAdobeFlags([]));
  expect(shown.length / 2).toBe(Object.keys(readAdobeFlags([])).length);
  expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
