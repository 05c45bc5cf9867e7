import { describe, expect, test } from "vitest";
import { flagsHelp, readFlags } from "../../../infra/local/flags.ts";

describe("the flags of npm start", () => {
  test("have defaults", () => {
    expect(readFlags([])).toEqual({
      port: 3000,
      adobePort: 3001,
      awsPort: 4566,
      rate: { requests: 10, seconds: 60 },
      removalLimit: "100/3600",
      auth: "oauth",
    });
  });

  test("are taken as given", () => {
    const args = [
      ...["--port", "0", "--adobe-port=4001", "--aws-port", "65535", "--rate", "100/2", "--auth", "jwt"],
      ...["--removal-limit", "off", "--webhooks", "sources.json"],
    ];
    expect(readFlags(args)).toEqual({
      port: 0,
      adobePort: 4001,
      awsPort: 65535,
      rate: { requests: 100, seconds: 2 },
      removalLimit: "off",
      auth: "jwt",
      webhooks: "sources.json",
    });
  });

  test.each([
    [
      ["--prot", "1"],
      /--prot' \(Did you mean --port\?\). The flags are --port, --adobe-port, --aws-port, --rate, --removal-limit, --auth/,
    ],
    [["--colour"], /--colour'. The flags are/],
    [["-p", "1"], /'-p'/],
    [["3000"], /^"3000" belongs to no flag; .* npm start -- --port 3000$/],
    [["--port"], /'--port <port>' argument missing/],
    [["--removal-limit", "010/60"], /^--removal-limit is "010\/60"; expected removals\/seconds/],
    [
      ["--removal-limit", "many"],
      /^--removal-limit is "many"; expected removals\/seconds, both whole and at least 1, for example 100\/3600, or off$/,
    ],
    [["--port", "--rate", "1/2"], /--port is "--rate"; expected a port/],
    [["--port", "3001"], /^--port and --adobe-port are both 3001; expected different ports$/],
    [["--adobe-port", "5000", "--aws-port", "5000"], /--adobe-port and --aws-port are both 5000/],
    [["--port", "-1"], /--port/],
    [["--port", "65536"], /--port is "65536"; expected a port/],
    [["--port", ""], /--port is ""/],
    [["--adobe-port", "x"], /--adobe-port is "x"/],
    [["--aws-port", "1.5"], /--aws-port is "1.5"/],
    [["--rate", "10"], /--rate is "10"; expected requests\/seconds/],
    [["--rate", "0/60"], /--rate is "0\/60"/],
    [["--rate", "10/0"], /--rate is "10\/0"/],
    [["--auth", "basic"], /--auth is "basic"; expected oauth or jwt/],
  ])("%j are refused in one line that names the flag", (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
    expect(() => readFlags(args)).not.toThrow(/\n/);
  });

  test("have a help that names each with its default, in lines of 80 columns", () => {
    const help = flagsHelp();
    expect(help).toMatch(/^Usage: npm start -- \[flags\]\n/);
    const shown = [...help.matchAll(/^ {2}(--\S+ \S+) {2,}\S/gm)].flatMap(([, flag = ""]) => flag.split(" "));
    // Without a file of sources there are the ready ones.
    const { webhooks, ...withDefault } = readFlags(shown);
    expect(withDefault).toEqual(readFlags([]));
    expect(webhooks).toBe("<file>");
    expect(shown.length / 2).toBe(Object.keys(withDefault).length + 1);
    expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
