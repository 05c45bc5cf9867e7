import { describe, expect, test } from "vitest";
import { apiProxy } from "../support/api-proxy.ts";
import { createPerson, people } from "../support/commands.ts";
import { runShell, runUmapi } from "../support/run-umapi.ts";
import { csvHeading, oneLine, operations, submittingStack } from "../support/submitting-stack.ts";

// Up to a dozen processes and a thousand operations each, wherever this runs.

const { stack, apiUrl, ended, umapi, write, csv, commandsSent } = await submittingStack();
const { sandbox, folder } = stack;

describe("a file of 1,000 lines, five of which Adobe refuses", () => {
  const emails = people("big", 1000).map((email, index) =>
    [7, 501].includes(index) ? `p${index}@unclaimed.org` : email,
  );
  const groups = (index: number) => ([99, 640, 998].includes(index) ? "TestGroup1,No such group" : "TestGroup1");
  const file = csv("big.csv", emails, (index) => `"${groups(index)}"`);
  let before = "";

  test("is seen through: progress, the five with their hints, a summary, and exit code 1", async () => {
    const proxy = await apiProxy(apiUrl);
    const { code, stdout, stderr } = await ended(runUmapi(["submit", file, "--wait", "--url", proxy.url], folder));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[\d,]+ of 1,000 finished/m);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^1,000 of 1,000 finished · 5 failed/);
    expect(stdout.split("\n")).toContain("1,000 operations: 995 succeeded, 5 failed.");
    expect(stdout.match(/^ {2}umapi retry --call \w{32} --wait --url \S+$/gm)?.length).toBe(2);
    expect(
      stdout.match(/^ {2}umapi list --status failed --call \w{32} --csv --url \S+ > failed-[12]\.csv$/gm)?.length,
    ).toBe(2);
    const failed = stdout.split("\n").filter((line) => /^ {2}\S+-\d{3} {2}\S+@/.test(line));
    expect(failed.map((line) => line.split("  ").at(-1)).toSorted()).toEqual([
      "big640@example.com",
      "big998@example.com",
      "big99@example.com",
      "p501@unclaimed.org",
      "p7@unclaimed.org",
    ]);
    expect(stdout).toContain("error     error.group.not_found at step 1");
    expect(stdout.match(/^ {2}hint {6}\S.*/gm)?.length).toBe(2);
    expect(await commandsSent()).toBe(1000);
    before = stdout;

    // Two calls, and everything about them asked for by call; once a look, when the last of it is expected.
    const posts = proxy.requests.filter((request) => request.startsWith("POST "));
    expect(posts.length).toBe(2);
    const questions = proxy.requests.filter((request) => request.startsWith("GET "));
    const byId = questions.filter((request) => request.startsWith("GET /v1/operations/"));
    expect(questions.filter((request) => !request.includes("call=")).length).toBe(byId.length);
    expect(byId.length).toBeLessThan(questions.filter((request) => !request.includes("cursor=")).length / 2);
  });

  test("is told again, and nothing of it done twice, when it is submitted again", async () => {
    const { code, stdout } = await umapi("submit", file, "--wait");
    expect(code).toBe(1);
    const withoutPort = (text: string) => text.replaceAll(/127\.0\.0\.1:\d+/g, "");
    expect(withoutPort(stdout)).toBe(
      withoutPort(before).replace(
        "1,000 operations: 995 succeeded, 5 failed.",
        "1,000 operations: 5 failed, 995 repeated.\nThey were submitted before: nothing was queued now.",
      ),
    );
    const again = await umapi("submit", file, "--wait", "--json");
    const listed = operations.parse(JSON.parse(again.stdout));
    expect(listed.map(({ user }) => user)).toEqual(emails);
    expect(listed.filter(({ status }) => status === "failed").length).toBe(5);
    expect(await commandsSent()).toBe(1000);
  });
});

describe("a file with a bad line", () => {
  const emails = people("bad", 3);
  const file = write("bad.csv", [
    csvHeading,
    ...emails.map((email, index) => `${email},${email},First,Last,${index === 1 ? "Germny" : "us"},`),
  ]);

  test("is not submitted, and its line, column, value and fault are told in one line", async () => {
    const sent = await commandsSent();
    const { code, stdout, stderr } = await umapi("submit", file, "--wait");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^umapi: bad\.csv, line 3, column country_code: "Germny" is not a country \(did you mean DE .*--skip-bad\.\n$/,
    );
    expect(await commandsSent()).toBe(sent);
  });

  test("is submitted without it by --skip-bad, with exit code 1 all the same", async () => {
    const { code, stdout, stderr } = await umapi("submit", file, "--wait", "--skip-bad");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad\.csv, line 3, column country_code: /);
    expect(stdout).toBe("2 operations: 2 succeeded.\n");
    const users = (await sandbox.users()).map(({ email }) => email);
    expect(emails.map((email) => users.includes(email))).toEqual([true, false, true]);
  });
});

test("what has failed is written as a file, mended there, and submitted without the rest", async () => {
  const [good = "", bad = ""] = people("mended", 2);
  const file = write("mended.csv", [
    "email,username,domain,firstname,lastname,country,groups",
    `${good},,,First,Last,US,TestGroup1`,
    `${bad},mended1,example.com,First,Last,US,"TestGroup1,No such group"`,
  ]);
  const first = await umapi("submit", file, "--wait", "--json");
  expect(first.code).toBe(1);
  const [{ id = "" } = {}] = operations.parse(JSON.parse(first.stdout));
  const list = `umapi list --status failed --call ${id.split("-")[0]} --csv --url ${apiUrl}`;
  const mended = `sed "s/,No such group//" > mended-again.csv`;
  expect(await ended(runShell(`${list} | ${mended}`, folder))).toMatchObject({ code: 0, stderr: "" });
  const sent = await commandsSent();
  expect(await umapi("submit", "mended-again.csv", "--wait")).toEqual({
    code: 0,
    stdout: "1 operation: 1 succeeded.\n",
    stderr: expect.stringMatching(/^1 of 1 finished$/m),
  });
  expect(await commandsSent()).toBe(sent + 1);
  expect(await sandbox.user(bad)).toMatchObject({ username: "mended1", groups: ["TestGroup1"] });
});

test("the sync tool's list of who is to go is submitted only if that is said, and removes those and no others", async () => {
  const emails = people("going", 3);
  const [, ...going] = emails;
  expect(await umapi("submit", csv("coming.csv", emails), "--wait")).toMatchObject({ code: 0 });
  const file = write("going.csv", ["type,username,domain", ...going.map((email) => `federatedID,${email},`)]);
  const sent = await commandsSent();
  const refused = await umapi("submit", file, "--wait");
  expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(oneLine("add --yes\\.")) });
  expect(refused.stderr).toMatch(/^going\.csv removes 2 people from the organisation:\n/);
  expect(await commandsSent()).toBe(sent);
  expect(await umapi("submit", file, "--wait", "--yes")).toMatchObject({
    code: 0,
    stdout: "2 operations: 2 succeeded.\n",
  });
  const left = (await sandbox.users()).map((user) => user.email);
  expect(emails.map((email) => left.includes(email))).toEqual([true, false, false]);
});

test("--test-only has Adobe check everything, changes nothing, and is not taken for the same file later", async () => {
  const [email = ""] = people("tested", 1);
  const file = csv("tested.csv", [email]);
  expect(await umapi("submit", file, "--wait", "--test-only")).toMatchObject({
    code: 0,
    stdout: "1 operation: 1 succeeded. Adobe has only checked, and changed nothing.\n",
  });
  expect((await sandbox.users()).map((user) => user.email)).not.toContain(email);
  expect(await umapi("submit", file, "--wait")).toMatchObject({ code: 0 });
  expect((await sandbox.users()).map((user) => user.email)).toContain(email);
});

test("what has failed is queued again by retry, alone or with all of its call, and seen through", async () => {
  const [email = "", other = ""] = people("later", 2);
  const change = (user: string) => ({ user, do: [{ update: { lastname: "Later" } }] });
  write("early.json", [JSON.stringify([change(email), change(other)])]);
  const first = await umapi("submit", "early.json", "--wait", "--json");
  expect(first.code).toBe(1);
  const ids = operations.parse(JSON.parse(first.stdout)).map(({ id }) => id);
  const [id = ""] = ids;
  expect(await umapi("retry", id, "--wait")).toMatchObject({ code: 1, stdout: expect.stringContaining("1 failed.") });

  await stack.api.finished(await stack.api.handIn([createPerson(email), createPerson(other)]));
  const refused = await umapi("retry", id);
  expect(refused).toMatchObject({ code: 1, stdout: "0 operations queued again.\n" });
  expect(refused.stderr).toContain("--confirm");
  expect(await umapi("retry", "--call", id.split("-")[0] ?? "", "--confirm", "--wait")).toMatchObject({
    code: 0,
    stdout: "2 operations: 2 succeeded.\n",
  });
  const named = (await sandbox.users()).filter(({ lastname }) => lastname === "Later").map((user) => user.email);
  expect(named.toSorted()).toEqual([email, other].toSorted());
  expect(await umapi("retry", id)).toMatchObject({ code: 1, stderr: expect.stringContaining("not retried") });
});

test("JSON lines from standard input are submitted, and shown by status and list as a table and as JSON", async () => {
  const [email = "", absent = ""] = people("lines", 2);
  const create = { createEnterpriseID: { email, firstname: "A", lastname: "B", country: "US" } };
  const commands = [
    { user: email, do: [create] },
    { user: absent, do: [{ update: { lastname: "Nobody" } }] },
  ];
  write(
    "commands.jsonl",
    commands.map((command) => JSON.stringify(command)),
  );
  const handedIn = await ended(runShell(`umapi submit - --json --url ${apiUrl} < commands.jsonl`, folder));
  expect(handedIn.code).toBe(0);
  const ids = operations.parse(JSON.parse(handedIn.stdout)).map(({ id }) => id);
  expect(ids.length).toBe(2);
  const [good = "", bad = ""] = ids;
  await stack.api.finished(ids);

  const [one, both, table, json, none] = await Promise.all([
    umapi("status", good),
    umapi("status", bad, "no-such-id", good),
    umapi("list", "--user", absent.toUpperCase()),
    umapi("list", "--call", good.split("-")[0] ?? "", "--json"),
    umapi("list", "--status", "failed", "--user", email),
  ]);
  expect(one).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(new RegExp(`^${good} succeeded\n`)) });
  expect(both.code).toBe(1);
  expect(both.stdout).toMatch(/ failed\n[\s\S]* {2}error {5}error\.user\.\S+[\s\S]* {2}hint {6}\S[\s\S]* succeeded\n/);
  expect(both.stderr).toMatch(oneLine('There is no operation "no-such-id"'));
  const lines = table.stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual(["ID", "STATUS", "ON", "ACCEPTED", "WHY"]);
  expect(lines[1]).toEqual([bad, "failed", absent, expect.any(String), expect.stringMatching(/^error\.user\./)]);
  expect(lines.length).toBe(2);
  expect(operations.parse(JSON.parse(json.stdout)).map(({ id, status }) => [id, status])).toEqual([
    [good, "succeeded"],
    [bad, "failed"],
  ]);
  expect(none).toEqual({ code: 0, stderr: "", stdout: "There is no such operation.\n" });
  const [, told = ""] = /^ {2}do {8}createEnterpriseID (.*)$/m.exec(one.stdout) ?? [];
  expect(told.split("; ").toSorted()).toEqual(["country: US", `email: ${email}`, "firstname: A", "lastname: B"]);
});

test("grant, revoke and grant again, each submitted by itself: the third is told as the repeat that it is", async () => {
  const [email = ""] = people("regranted", 1);
  await stack.api.finished(await stack.api.handIn([createPerson(email)]));
  const file = (name: string, step: object) => write(name, [JSON.stringify({ user: email, do: [step] })]);
  const grant = file("grant.json", { add: { group: ["TestGroup1"] } });
  const revoke = file("revoke.json", { remove: { group: ["TestGroup1"] } });
  const groups = async () => (await sandbox.users()).find((user) => user.email === email)?.groups ?? [];
  const once = { code: 0, stdout: "1 operation: 1 succeeded.\n" };
  expect(await umapi("submit", grant, "--wait")).toMatchObject(once);
  expect(await umapi("submit", revoke, "--wait")).toMatchObject(once);
  const repeated = await umapi("submit", grant, "--wait");
  expect(repeated).toMatchObject({
    code: 0,
    stdout: "1 operation: 1 repeated.\nIt was submitted before: nothing was queued now.\n",
  });
  expect(repeated.stderr).toMatch(/^This is a repeat: it was submitted before, \d+ s ago, and is not done again\./);
  expect(await groups()).toEqual([]);
  const key = / such as (--key) (\S+)\.$/m.exec(repeated.stderr)?.slice(1) ?? [];
  expect(await umapi("submit", grant, "--wait", ...key)).toMatchObject(once);
  expect(await groups()).toEqual(["TestGroup1"]);
});

test.each(["_support_admin", "_deployment_admin", "Creative Cloud 1"])(
  "that %s has no members is said",
  async (group) => {
    const adobe = ["--adobe-url", `http://127.0.0.1:${stack.ports.adobe}`];
    const users = async (...more: readonly string[]) =>
      await ended(runUmapi(["users", "--group", group, ...adobe, ...more], folder));
    const [table, json] = await Promise.all([users(), users("--json")]);
    expect(table).toEqual({ code: 0, stdout: `"${group}" has no members.\n`, stderr: "" });
    expect(json).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  },
);
