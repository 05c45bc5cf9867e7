import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { ChildProgram } from "../support/child-program.ts";
import { newFolder } from "../support/folders.ts";
import { repository } from "../support/local-start.ts";
import { runShell, runUmapi } from "../support/run-umapi.ts";

// Up to half a dozen processes each, wherever this runs.

const folder = newFolder();
const sandbox = ChildProgram.run({
  command: process.execPath,
  args: [join(repository, "infra/local/adobe/main.ts"), "--port", "0", "--users", "3000", "--rate-users", "1000/6"],
  folder: folder.path,
});
afterAll(async () => {
  sandbox.end();
  await sandbox.exited;
  folder.remove();
});
const adobeUrl = (await sandbox.line(/^Ready/)).split(" ").at(-1) ?? "";
const credentials = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(folder.path, ".local", "credentials.json"), "utf8")));
const { clientId = "", orgId = "", clientSecret = "", privateKey = "" } = credentials;
const secrets = [clientSecret, ...privateKey.split("\n").filter((line) => line !== "" && !line.startsWith("-----"))];

async function ended(program: ChildProgram) {
  const code = await program.exited;
  expect(program.output).not.toMatch(/^\s+at .*:\d+:\d+/m);
  for (const secret of secrets) expect(program.output).not.toContain(secret);
  return { code, stdout: program.stdout, stderr: program.stderr };
}

const umapi = async (...args: readonly string[]) => await ended(runUmapi(args, folder.path));
const reading = async (...args: readonly string[]) => await umapi(...args, "--adobe-url", adobeUrl);
const failure = (words: string) => ({
  code: 1,
  stdout: "",
  stderr: expect.stringMatching(new RegExp(`^umapi: [^\\n]*${words}[^\\n]*\\n$`)),
});

describe("token", () => {
  test.each(["oauth", "jwt"])("by %s tells of a token, and prints it only where that is asked for", async (auth) => {
    const [plain, json, shown] = await Promise.all([
      reading("token", "--auth", auth),
      reading("token", "--auth", auth, "--json"),
      reading("token", "--auth", auth, "--show"),
    ]);
    const token = shown.stdout.trim();
    expect(shown).toEqual({ code: 0, stdout: expect.stringMatching(/^\S{20,}\n$/), stderr: "" });
    expect(plain).toEqual({ code: 0, stdout: expect.stringContaining(`for ${clientId} of ${orgId}`), stderr: "" });
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(json.stdout))).toSorted()).toEqual([
      "clientId",
      "expiresAt",
      "orgId",
    ]);
    const beginning = token.slice(0, 12);
    expect(plain.stdout + json.stdout).not.toContain(beginning);
  });

  test("that is refused, or whose credentials cannot be used, is told in one line, without a secret", async () => {
    const write = (name: string, content: string) => writeFileSync(join(folder.path, name), content);
    write("wrong.json", JSON.stringify({ ...credentials, clientSecret: "Quillfeather" }));
    write("incomplete.json", JSON.stringify({ clientId, clientSecret }));
    write("broken.json", JSON.stringify(credentials).slice(0, -2));
    const [wrong, incomplete, broken, missing, unreachable] = await Promise.all([
      reading("token", "--credentials", "wrong.json"),
      reading("users", "--credentials", "incomplete.json"),
      reading("users", "--credentials", "broken.json"),
      reading("groups", "--credentials", "nowhere.json"),
      umapi("users", "--adobe-url", "http://127.0.0.1:1", "--credentials", ".local/credentials.json"),
    ]);
    expect(wrong).toEqual(failure("no token from .* for wrong.json"));
    expect(wrong.stderr).not.toContain("Quillfeather");
    expect(incomplete).toEqual(failure("incomplete.json cannot be used. .*orgId"));
    expect(broken).toEqual(failure("broken.json cannot be used. .*JSON"));
    expect(missing).toEqual(failure("nowhere.json cannot be read: there is no such file"));
    expect(unreachable).toEqual(failure("no token from http://127.0.0.1:1 for "));
  });
});

describe("users, user and groups", () => {
  test("are tables for people and JSON for programs", async () => {
    const [all, table, groups, members] = await Promise.all([
      reading("users", "--json"),
      reading("users"),
      reading("groups"),
      reading("users", "--group", "Design", "--json"),
    ]);
    const users = z.array(z.object({ email: z.string(), groups: z.optional(z.array(z.string())) }));
    const everyone = users.parse(JSON.parse(all.stdout));
    expect(everyone.length).toBe(3000);
    expect(all.stdout.split("\n").length).toBe(3000 + 3);
    const rows = table.stdout.trimEnd().split("\n");
    expect(rows.length).toBe(3001);
    expect(rows[0]).toMatch(/^USER +NAME +TYPE +STATUS +COUNTRY +GROUPS$/);
    expect(rows.slice(1).map((row) => row.split(" ")[0])).toEqual(everyone.map(({ email }) => email));
    const designers = everyone.filter((user) => user.groups?.includes("Design"));
    expect(users.parse(JSON.parse(members.stdout)).length).toBe(designers.length);
    expect(groups.stdout).toMatch(/^NAME +TYPE +MEMBERS +PRODUCT OR CONTRACT\n/);
    expect(groups.stdout).toMatch(/^Design +USER_GROUP +\d+$/m);
    const [first] = everyone;
    const shown = await reading("user", (first?.email ?? "").toUpperCase());
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^email +${first?.email}$`, "m")),
    });
  });

  test("that are not there are told in one line", async () => {
    const [user, group] = await Promise.all([
      reading("user", "nobody@example.com"),
      reading("users", "--group", "Nobody"),
    ]);
    expect(user).toEqual(failure('no user "nobody@example.com"'));
    expect(group).toMatchObject({ code: 1, stderr: expect.stringMatching(/^umapi: [^\n]+\n$/) });
  });

  test("end quietly when their reader has had enough, and not when the disk is full", async () => {
    const head = await ended(runShell(`umapi users --json --adobe-url ${adobeUrl} | head -3`, folder.path));
    expect(head).toMatchObject({ code: 0, stderr: "" });
    expect(head.stdout.split("\n").length).toBe(4);
    const table = await ended(runShell(`umapi users --adobe-url ${adobeUrl} | head -1`, folder.path));
    expect(table).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^USER/) });
    const full = await ended(runShell(`umapi users --json --adobe-url ${adobeUrl} > /dev/full`, folder.path));
    expect(full).toEqual(failure("The output cannot be written"));
  });
});

test("a command line that is wrong is told so on stderr, with what was meant and exit code 1", async () => {
  const [command, option] = await Promise.all([umapi("submti", "x.csv"), umapi("list", "--status", "done")]);
  expect(command).toEqual({ code: 1, stdout: "", stderr: "umapi: unknown command 'submti'\n(Did you mean submit?)\n" });
  expect(option).toEqual({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^umapi: .*queued, succeeded, failed, canceled, superseded\.\n$/),
  });
});
