import { expect, test } from "vitest";
import { readConfiguration } from "../../../shared/webhooks/read-configuration.ts";
import { InvalidSecretsError, readSecrets } from "../../../shared/webhooks/secrets.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const signature = {
  header: "X-Acme",
  digest: "sha256",
  encoding: "hex",
  signed: "{timestamp}.{body}",
  timestampHeader: "X-Time",
};

function faultsOf(source: unknown, name = "hr"): readonly string[] {
  const read = readConfiguration({ sources: { [name]: source } });
  return read.ok ? [] : read.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
}

test("A source takes what its preset says, and its own settings first", () => {
  const source = sourceOf({ preset: "bamboohr", company: "acme", expectEvery: "36h", mapping: ['{ "user":', "id }"] });
  expect(source.record?.url).toMatch(/^https:\/\/acme\.bamboohr\.com\/api\/v1\/employees\/\{id\}/);
  expect(source).toMatchObject({ testOnly: false, expectEverySeconds: 36 * 3600, values: {} });
  expect(source.mapping.text).toBe('{ "user":\nid }');
  const own = { url: "https://hr.example.com/p/{id}", auth: "bearer" };
  expect(sourceOf({ preset: "hibob", record: own }).record).toEqual(own);
});

const good = { preset: "standard", mapping: "[]" };
const record = { url: "https://hr.example.com/{id}", auth: "basic" };

test.each<[unknown, RegExp]>([
  [{ mapping: "[]", records: "id" }, /^\/sources\/hr: none of preset, signature and bearer/],
  [{ ...good, signature }, /^\/sources\/hr: more than one/],
  [{ ...good, preset: "workday" }, /^\/sources\/hr\/preset: "workday"; expected one of standard/],
  [{ signature, records: "id" }, /^\/sources\/hr\/mapping: nothing; expected the name of a ready mapping/],
  [{ ...good, mapping: "{ 'user': " }, /^\/sources\/hr\/mapping: an expression that cannot be compiled: /],
  [{ preset: "bamboohr", mapping: "[]" }, /^\/sources\/hr\/company: nothing; expected the company's part/],
  [
    { ...good, record: { ...record, url: "http://hr.example.com/{id}" } },
    /^\/sources\/hr\/record\/url: "http.*; expected an https URL/,
  ],
  [
    { ...good, record: { ...record, url: "https://{id}.example.com/" } },
    /^\/sources\/hr\/record\/url: "http.*; expected an https URL/,
  ],
  [
    { ...good, record: { ...record, url: "https://u:p@hr.example.com/{id}" } },
    /^\/sources\/hr\/record\/url: "http.*; expected/,
  ],
  [
    { ...good, record: { ...record, url: "https://hr.example.com/" } },
    /^\/sources\/hr\/record\/url: a URL without \{id\}/,
  ],
  [
    { ...good, record: { ...record, auth: "digest" } },
    /^\/sources\/hr\/record\/auth: "digest"; expected basic, bearer/,
  ],
  [{ ...good, expectEvery: "soon" }, /^\/sources\/hr\/expectEvery: "soon"; expected a number and m, h or d/],
  [{ ...good, expectEvery: "8d" }, /^\/sources\/hr\/expectEvery: 8d; expected at most 7d/],
  [{ ...good, testonly: true }, /^\/sources\/hr\/testonly: an unknown key; the keys known here are preset, signature/],
  [
    { mapping: "[]", records: "id", signature: { ...signature, signed: "{timestamp}" } },
    /^\/sources\/hr\/signature\/signed: a text without \{body\}/,
  ],
  [
    { mapping: "[]", records: "id", signature: { ...signature, signed: "{body}" } },
    /^\/sources\/hr\/signature\/timestampHeader: a header that is not signed/,
  ],
  [
    { mapping: "[]", records: "id", signature: { ...signature, signed: "{id}{timestamp}{body}" } },
    /^\/sources\/hr\/signature\/idHeader: nothing/,
  ],
  [
    { mapping: "[]", records: "id", signature: { ...signature, signed: "{timestamp}{url}{body}" } },
    /unknown place \{url\}/,
  ],
  [{ mapping: "[]", signature }, /^\/sources\/hr\/records: nothing/],
])("%j is refused with the field and what was expected", (source, fault) => {
  expect(faultsOf(source)).toEqual([expect.stringMatching(fault)]);
});

test.each(["HR", "-hr", "h r", "", "x".repeat(33)])("%j is not a name of a source", (name) => {
  expect(faultsOf(good, name)).toEqual([
    expect.stringMatching(/a name that no source can have; expected a name of 1 to 32/),
  ]);
});

test("The secret has a source's keys in three forms", () => {
  const login = { username: "u", password: "p" };
  const secrets = readSecrets(
    JSON.stringify({ a: "k", b: ["new", "old"], c: { keys: "k", record: login }, d: { record: login } }),
  );
  expect(Object.fromEntries(secrets)).toEqual({
    a: { keys: ["k"] },
    b: { keys: ["new", "old"] },
    c: { keys: ["k"], record: login },
    d: { keys: [], record: login },
  });
});

test.each([
  "",
  "[]",
  '{"hr":7}',
  '{"hr":{"keys":"s3cret","record":{"user":"s3cret"}}}',
  '{"hr":{"key":"s3cret"}}',
  '{"HR":"s3cret"}',
])("The secret %s is refused without a word of it", (text) => {
  expect(() => readSecrets(text)).toThrow(InvalidSecretsError);
  expect(() => readSecrets(text)).not.toThrow(/s3cret/);
});
