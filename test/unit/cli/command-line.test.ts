import { CommanderError } from "@commander-js/extra-typings";
import { describe, expect, test } from "vitest";
import { CommandError } from "../../../cli/errors.ts";
import { umapi } from "../../../cli/program.ts";
import { runInProcess, surroundings } from "../../support/umapi-in-process.ts";

describe("a command line that is wrong", () => {
  test.each([
    [["submti", "x.csv"], "umapi: unknown command 'submti'\n(Did you mean submit?)"],
    [["submit"], "umapi: missing required argument 'file'"],
    [["submit", "x.csv", "--wiat"], "umapi: unknown option '--wiat'\n(Did you mean --wait?)"],
    [["submit", "x.csv", "--type", "robot"], "Allowed choices are federatedID, enterpriseID, adobeID."],
    [["submit", "a.csv", "b.csv"], "umapi: too many arguments for 'submit'"],
    [["list", "--status", "done"], "Allowed choices are queued, succeeded, failed, canceled, superseded."],
    [["list", "--limit", "0"], "Expected a whole number from 1."],
    [["status"], "umapi: missing required argument 'id'"],
  ])("%j is told what is wrong and perhaps what was meant, with exit code 1", async (args, words) => {
    const { error, stdout, stderr } = await runInProcess(args);
    expect(error).toBeInstanceOf(CommanderError);
    expect(error).toMatchObject({ exitCode: 1 });
    expect(stdout).toBe("");
    expect(stderr).toContain(words);
  });

  test.each([
    [["list", "--url", "ftp://example.com"], "--url is not a URL: expected one such as https://"],
    [["list", "--url", "https://example.com/?key=Quillfeather"], "--url has more than a host and a path"],
    [["list", "--url", "http://joe:Quillfeather@127.0.0.1"], "--url has more than a host and a path"],
    [["list", "--url", "https://api.example.com"], "Set AWS_REGION"],
    [["users", "--adobe-url", "adobe", "--credentials", "package.json"], "package.json cannot be used."],
    [["user", "jdoe"], "--domain"],
    [["submit", "nowhere.csv"], "nowhere.csv cannot be read: there is no such file."],
    [["submit", "cli"], "cli cannot be read: it is a folder."],
    [["submit", "-"], "standard input is empty."],
    [["retry"], "--call"],
  ])("%j is told what to do instead", async (args, words) => {
    const { error, stdout, stderr } = await runInProcess(args);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ message: expect.stringMatching(/^[^\n]+$/) });
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect(error).not.toMatchObject({ message: expect.stringContaining("Quillfeather") });
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
  });
});

test("every command teaches by its help: what it does, every option in words, and an example", async () => {
  const { commands } = umapi(surroundings({}));
  expect(commands.length).toBeGreaterThan(6);
  for (const command of commands.filter((each) => each.name() !== "complete")) {
    const { error, stdout } = await runInProcess([command.name(), "--help"]);
    expect(error).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(new RegExp(`^Usage: umapi ${command.name()}`));
    expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}umapi ${command.name()}`));
    for (const option of command.options) expect(option.description).not.toBe("");
  }
});
