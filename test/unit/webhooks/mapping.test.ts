import { expect, test } from "vitest";
import { type MappingInput, mapRecord } from "../../../shared/webhooks/mapping.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const empty: MappingInput = { id: "7", payload: {}, record: undefined, previous: undefined, now };
const jane = { email: "jane@example.com" };

const mapped = (mapping: string, input: Partial<MappingInput> = {}, values = {}) =>
  mapRecord(sourceOf({ preset: "standard", mapping, values }), { ...empty, ...input });

test("A mapping sees id, payload, record, previous and values, and the time that it is told", async () => {
  const command =
    '{ "user": payload.mail, "do": [{ "add": { "group": [id, record.team, previous.email, values.all, $now()] } }] }';
  expect(
    await mapped(
      command,
      { payload: { mail: "a@example.com" }, record: { team: "T" }, previous: jane },
      { all: "All" },
    ),
  ).toEqual({
    kind: "commands",
    commands: [
      {
        user: "a@example.com",
        do: [{ add: { group: ["7", "T", "jane@example.com", "All", "2026-11-26T12:00:00.000Z"] } }],
      },
    ],
    identity: { email: "a@example.com" },
  });
});

test.each(["$lookup({}, 'x')", "[]", "payload.nobody", "(null)"])("%s maps to nothing", async (mapping) => {
  expect(await mapped(mapping)).toMatchObject({ kind: "nothing" });
});

test("A reason that is written in the mapping is kept, and no other", async () => {
  expect(await mapped('{ "incomplete": "no work email" }')).toEqual({ kind: "incomplete", why: "no work email" });
  expect(await mapped("{ 'nothing': 'a contractor' }")).toEqual({ kind: "nothing", why: "a contractor" });
  expect(await mapped('$error("nobody knows who left")')).toEqual({
    kind: "failed",
    reason: "The mapping failed. nobody knows who left",
  });
  const payload = { name: "Jane" };
  for (const mapping of [
    '{ "incomplete": "no mail of " & payload.name }',
    '{ "nothing": payload }',
    "$error(payload.name)",
  ])
    expect(JSON.stringify(await mapped(mapping, { payload }))).not.toContain("Jane");
});

test.each([
  ["an endless recursion", "($f := function($x) { 1 + $f($x) }; $f(payload.name))"],
  ["a huge range", "[1..10000000]"],
  ["a number where there is a text", "payload.name + 1"],
  ["a call of what is not a function", "$nobody(payload.name)"],
  ["a text too long for any machine", "$pad(payload.name, 1000000000)"],
  ["a function as its value", "function($x) { $x }"],
  ["a text as its value", "payload.name"],
])("A mapping with %s fails, and quotes nothing of what it reads", async (_, mapping) => {
  const result = await mapped(mapping, { payload: { name: "Jane Roe" } });
  expect(result.kind).toBe("failed");
  expect(JSON.stringify(result)).not.toContain("Jane");
});

test.each([
  ["$match", '$match("a1b22", /[0-9]+/).match', ["1", "22"]],
  ["$replace", '[$replace("Jane  van Dyk", /(\\w+)\\s+/i, "$1_")]', ["Jane_van_Dyk"]],
  ["$split", '$split("a, b;c", /[,;]\\s*/)', ["a", "b", "c"]],
  ["$contains", '[$contains("Design (EU)", /\\(eu\\)$/i) ? "yes"]', ["yes"]],
])("Patterns in %s find what they always find", async (_, expression, found) => {
  expect(await mapped(`{ "found": ${expression} }`)).toMatchObject({ commands: [{ found }] });
});

test("Mappings that run together keep apart what they read, and the time that each takes", async () => {
  const busy = "($busy := function($n) { $n = 0 ? payload : $busy($n - 1) }; { 'user': $busy(1000).mail, 'do': [] })";
  const source = sourceOf({ preset: "standard", mapping: busy });
  const mails = Array.from({ length: 40 }, (_, index) => `a${index}@example.com`);
  const all = await Promise.all(mails.map((mail) => mapRecord(source, { ...empty, payload: { mail } })));
  expect(all.map((each) => each.kind === "commands" && each.identity?.email)).toEqual(mails);
});

test.each([
  ["a country's name", '$country("germany")', "DE"],
  ["a country's code of three letters", '$country("USA")', "US"],
  ["a country that nobody knows", '$country("Atlantis")', undefined],
  ["an email", '$email(" Jane.Roe@Example.com ")', "jane.roe@example.com"],
  ["what is not an email", '$email("n/a")', undefined],
  ["an absent email", "$email(payload.mail)", undefined],
  ["a null email", "$email(null)", undefined],
  ["a username", '$username(" jroe ")', "jroe"],
  ["a username out of an email", '$username("jroe@example.com")', "jroe"],
])("The helpers read %s", async (_, expression, expected) => {
  const result = await mapped(`[{ "found": ${expression} }]`);
  expect(result).toMatchObject({ commands: [expected === undefined ? {} : { found: expected }] });
});

const names = { email: "new@example.com", firstname: "J" };

test.each([
  ["a create", [{ user: "jane@example.com", do: [{ createEnterpriseID: jane }] }], undefined, jane],
  ["a new email", [{ user: "jane@example.com", do: [{ update: names }] }], jane, { email: "new@example.com" }],
  [
    "a username in a domain",
    [{ user: "jroe", domain: "example.com", do: [{ createFederatedID: jane }] }],
    undefined,
    { ...jane, username: "jroe", domain: "example.com" },
  ],
  ["a removal", [{ user: "jane@example.com", do: [{ removeFromOrg: {} }] }], jane, { ...jane, left: true }],
  ["a return", [{ user: "jane@example.com", do: [{ createEnterpriseID: jane }] }], { ...jane, left: true }, jane],
  [
    "only groups",
    [{ user: "jane@example.com", do: [{ add: { group: ["A"] } }] }],
    { ...jane, username: "jroe" },
    { ...jane, username: "jroe" },
  ],
  ["work on a user group", [{ usergroup: "A", do: [{ add: { user: ["x@example.com"] } }] }], jane, jane],
])("After %s the identity is what the commands say", async (_, commands, previous, identity) => {
  expect(await mapped("(payload)", { payload: commands, previous })).toMatchObject({ kind: "commands", identity });
});
