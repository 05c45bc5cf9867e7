import { expect, test } from "vitest";
import { verify } from "../../../shared/webhooks/verify.ts";
import { sharedFolder } from "../../support/folders.ts";
import { plainKey } from "../../support/signed-delivery.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const folder = sharedFolder();
const file = (name: string, content: unknown) =>
  folder.write(name, typeof content === "string" ? content : JSON.stringify(content));

const person = { email: "jane.roe@example.com", firstname: "Jane", lastname: "Roe", country: "Germany" };
const joiner = file("joiner.json", { type: "person.joined", data: person });
const event = file("event.json", { type: "employee.deleted", data: { employeeId: "7" } });
const gone = file("gone.json", "null");
const previous = file("previous.json", { email: "jane.roe@example.com" });
file("people.jsonata", "{ 'user': payload.mail, 'do': [{ 'removeFromOrg': {} }] }");
const own = file("webhooks.json", {
  sources: { own: { preset: "hibob", records: "id", mapping: { file: "people.jsonata" }, testOnly: true } },
});

test("A configuration is checked, and each source is said in a line", async () => {
  const { error, stdout } = await runInProcess(["webhooks", "check", own]);
  expect(error).toBeUndefined();
  expect(stdout).toBe(
    `${own} is right: 1 source.\nown: verified by bob-signature (sha512, base64); records read from api.hibob.com; mapped by its own expression; on trial: Adobe changes nothing\n`,
  );
});

test.each<[string, unknown, RegExp]>([
  [
    "a misspelt preset",
    { sources: { hr: { preset: "bamboo" } } },
    /One thing is wrong in .*\n {2}\/sources\/hr\/preset: "bamboo"; expected one of/,
  ],
  ["two mistakes", { sources: { hr: { preset: "gusto", maping: 1, values: [] } } }, /^2 things are wrong/],
  [
    "a mapping in a file that is not there",
    { sources: { hr: { preset: "gusto", mapping: { file: "x.jsonata" } } } },
    /names x\.jsonata as a mapping/,
  ],
  ["broken JSON", '{"sources":\n{"hr" 1}}', /is not JSON: it breaks at line 2, column 7\./],
  ["a list", [], /\/: \[\]; expected/],
])("A configuration with %s is refused in words", async (_, content, message) => {
  const { error } = await runInProcess(["webhooks", "check", file("bad.json", content)]);
  expect(error).toMatchObject({ name: "CommandError", message: expect.stringMatching(message) });
});

test("A payload's commands are shown before anything is sent, by a ready source or one's own", async () => {
  const shown = await runInProcess(["map", "standard", joiner, "--json"]);
  expect(shown.error).toBeUndefined();
  expect(JSON.parse(shown.stdout)).toMatchObject([
    { id: "jane.roe@example.com", kind: "commands", commands: [{ user: "jane.roe@example.com" }] },
  ]);
  const { stdout, error } = await runInProcess([
    "map",
    "own",
    file("mail.json", { id: 1, mail: "x" }),
    "--webhooks",
    own,
  ]);
  expect(error).toMatchObject({ name: "Unsuccessful" });
  expect(stdout).toMatch(/^Record 1 becomes 1 command:\n/);
  expect(stdout).not.toMatch(/and is kept as previous: .*email/);
});

test("A record that is gone needs who it was", async () => {
  const known = await runInProcess(["map", "hibob", event, "--record", gone, "--previous", previous]);
  expect(known.stdout).toMatch(/"removeFromOrg": \{\}/);
  const unknown = await runInProcess(["map", "hibob", event, "--record", gone]);
  expect(unknown.stdout).toMatch(/^Record 7 fails: The mapping failed\. Nobody knows who left/);
  expect(unknown.error).toMatchObject({ name: "Unsuccessful" });
});

test.each<[readonly string[], RegExp]>([
  [["map", "workday", joiner], /There is no source workday\. The ready sources are standard, finch/],
  [["map", "hibob", event, "--previous", file("list.json", [])], /list\.json does not say who a record was/],
  [["webhooks", "send", "hibob", event, "--key-file", folder.at("none")], /none cannot be read: there is no such file/],
])("umapi %j says what is wrong", async (args, message) => {
  const { error } = await runInProcess(args);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
});

test.each([
  ["hibob", event],
  ["gusto", joiner],
] as const)("What is sent to %s is signed as its HR system signs", async (name, payload) => {
  const clock = new SimulatedClock();
  const posted: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    posted.push({ url: String(url), init });
    return new Response("{}", { status: 202 });
  };
  const key = file("key", `${plainKey}\n`);
  const { stdout, error } = await runInProcess(["webhooks", "send", name, payload, "--key-file", key], {
    clock,
    fetch,
  });
  expect(error).toBeUndefined();
  expect(stdout).toMatch(new RegExp(`as a delivery of ${name}\\.\n$`));
  const [{ url, init } = { url: "", init: {} }] = posted;
  expect(url).toBe(`http://127.0.0.1:3000/v1/webhooks/${name}`);
  const headers = Object.fromEntries(new Headers(init.headers));
  const body = Buffer.from(await new Response(init.body ?? "").arrayBuffer());
  const keys = { secrets: [plainKey], findKeys: unused };
  expect(await verify(sourceOf({ preset: name }), keys, { method: "POST", headers, body }, clock.now())).toEqual({
    kind: "accepted",
  });
});

function unused(): never {
  throw new Error("no tokens here");
}

test("A delivery that is refused says so, and hints at the key", async () => {
  const fetch = async () => new Response("{}", { status: 401 });
  const { error } = await runInProcess(["webhooks", "send", "hibob", event, "--key-file", previous], { fetch });
  expect(error).toMatchObject({ message: expect.stringMatching(/answers 401\. .* the key its own\?$/) });
});
