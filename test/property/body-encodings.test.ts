import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandKeys } from "../../shared/umapi/known-keys.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { mark } from "../support/arbitrary-requests.ts";
import { Edge } from "../support/edge.ts";
import { expectProblem, expectUntouched } from "../support/edge-answers.ts";
import { runs } from "../support/runs.ts";

const howTo =
  'send UTF-8, from Windows PowerShell with -ContentType "application/json; charset=utf-8" and ' +
  "-Body ([Text.Encoding]::UTF8.GetBytes($json)).";

/** What is answered to these bytes, of which nothing is queued. */
async function refused(body: Uint8Array, statuses: number[], contentType = "application/json", encoding?: string) {
  const edge = await Edge.create();
  const headers: [string, string][] = [["Content-Type", contentType]];
  if (encoding !== undefined) headers.push(["Content-Encoding", encoding]);
  const problem = expectProblem(await edge.submit({ headers, body }), statuses);
  await expectUntouched(edge);
  return problem;
}

const person = { email: "zoe@example.com", firstname: "Zo", lastname: "Roe", country: "DE" };
const create = (changes: object) => ({
  user: "zoe@example.com",
  do: [{ createFederatedID: { ...person, ...changes } }],
});
const json = (value: unknown) => JSON.stringify(value);
const latin1 = (value: unknown) => Buffer.from(json(value), "latin1");
const utf8 = (text: string) => Buffer.from(text);

/** As text API Gateway hands a body over decoded, with this type in base64. */
const types = ["application/json", "application/vnd.hr.joiner+json"];

const misread: [string, Buffer, string[]][] = [
  [
    "ISO 8859-1, as Windows PowerShell sends it",
    latin1(create({ firstname: "Zoë" })),
    ["/do/0/createFederatedID/firstname"],
  ],
  [
    "Windows-1252, in two fields",
    latin1([create({ lastname: "Müller" }), create({ firstname: "José" })]),
    ["/0/do/0/createFederatedID/lastname", "/1/do/0/createFederatedID/firstname"],
  ],
  [
    "U+FFFD as it is",
    utf8(json({ operations: [create({ firstname: "Zo\ufffd" })] })),
    ["/operations/0/do/0/createFederatedID/firstname"],
  ],
  [
    "U+FFFD in an escape",
    utf8(json(create({ firstname: "#" })).replace("#", "\\ufffd")),
    ["/do/0/createFederatedID/firstname"],
  ],
  [
    "U+FFFD in capitals of an escape, in a list",
    utf8(json({ user: "zoe@example.com", do: [{ add: { group: ["A", "#"] } }] }).replace("#", "\\uFFFD")),
    ["/do/0/add/group/1"],
  ],
  ["U+FFFD in a key", utf8(json({ ...create({}), [`${mark}\ufffd`]: 1 })), [""]],
  [
    "U+FFFD under a key that is not UMAPI's",
    utf8(json({ user: "zoe@example.com", do: [{ [mark]: { [mark]: "\ufffd" } }] })),
    ["/do/0"],
  ],
  ["U+FFFD under an unknown key that holds a known one", utf8(json({ [mark]: { user: ["\ufffd"] } })), [""]],
  [
    "bytes that end in the middle of a character",
    Buffer.concat([utf8('{"user":"zo'), Buffer.from([0xc3]), utf8('","do":[]}')]),
    ["/user"],
  ],
  ["an overlong form", Buffer.concat([utf8('{"user":"zo'), Buffer.from([0xc0, 0xae]), utf8('","do":[]}')]), ["/user"]],
  [
    "a surrogate in three bytes (CESU-8)",
    Buffer.concat([utf8('{"user":"zo'), Buffer.from([0xed, 0xa0, 0xbd]), utf8('","do":[]}')]),
    ["/user"],
  ],
  [
    "half of a surrogate pair in an escape",
    utf8(json(create({ firstname: "#" })).replace("#", "\\ud83c")),
    ["/do/0/createFederatedID/firstname"],
  ],
  ["a requestID", utf8(json({ ...create({}), requestID: "\ufffd" })), ["/requestID"]],
];

describe("A body that is not UTF-8 is refused, with where and how to mend it:", () => {
  test.each(misread)("%s", async (_, body, pointers) => {
    for (const type of types) {
      const problem = await refused(body, [400], type);
      expect(problem).toMatchObject({ type: "urn:problem-type:umapi-workers:malformed" });
      expect(problem.detail).toBe(`The body has characters that are not UTF-8: ${howTo}`);
      expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    }
  });

  test.each([
    [
      "UTF-16 with a byte order mark, little end first",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(json(create({})), "utf16le")]),
    ],
    [
      "UTF-16 with a byte order mark, big end first",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(json(create({})), "utf16le").swap16()]),
    ],
    ["UTF-16 without one", Buffer.from(json(create({})), "utf16le")],
    ["UTF-16 without one, big end first", Buffer.from(json(create({})), "utf16le").swap16()],
  ])("%s", async (_, body) => {
    for (const type of types) expect((await refused(body, [400], type)).detail).toBe(`The body is UTF-16: ${howTo}`);
  });

  test("what is not JSON besides", async () => {
    for (const type of types)
      expect((await refused(latin1("ü").subarray(0, 2), [400], type)).detail).toMatch(/not UTF-8/);
  });

  test("whatever string of a command it stands in", async () => {
    const spoilt = fc.tuple(arbitraryCommand(), fc.nat()).map(([command, place]) => {
      const text = json({ ...command, requestID: "r" });
      const strings = [...text.matchAll(/"[^"]*"/g)];
      const { 0: string = "", index = 0 } = strings[place % strings.length] ?? {};
      const end = index + string.length - 1;
      return `${text.slice(0, end)}\ufffd${text.slice(end)}`;
    });
    await fc.assert(
      fc.asyncProperty(spoilt, async (text) => {
        expect((await refused(utf8(text), [400])).errors).toHaveLength(1);
      }),
      { numRuns: runs(50) },
    );
  });
});

test("Every key of a command is known, so that a pointer can lead to what it holds", () => {
  const keysIn = (value: unknown): string[] =>
    typeof value === "object" && value !== null
      ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysIn)]
      : [];
  fc.assert(
    fc.property(arbitraryCommand(), (command) => {
      for (const key of keysIn(command)) expect(commandKeys).toContain(key);
    }),
  );
});

describe("A charset other than UTF-8 is refused, whatever the body:", () => {
  test.each(["iso-8859-1", "ISO-8859-15", '"windows-1252"', "utf-16", "utf-7", "latin1", mark])(
    "%s",
    async (charset) => {
      const problem = await refused(utf8(json(create({}))), [415], `application/json; charset=${charset}`);
      expect(problem.detail).toBe(`The Content-Type names a charset that is not UTF-8: ${howTo}`);
    },
  );
});

describe("A compressed body is refused, and told so:", () => {
  const text = json(create({ lastname: "Roe".repeat(50) }));
  test.each([
    ["gzip", gzipSync(text)],
    ["br", brotliCompressSync(text)],
    ["deflate", deflateRawSync(text)],
    ["zstd", zstdCompressSync(text)],
    ["x-gzip", gzipSync(text)],
    ["GZIP", gzipSync(text)],
    ["identity, gzip", gzipSync(text)],
    [mark, utf8(text)],
  ])("by Content-Encoding: %s", async (encoding, body) => {
    for (const type of [...types, "application/gzip"]) {
      const coding =
        /gzip|br|deflate|zstd/.exec(encoding.toLowerCase()) === null
          ? "an encoding that is not known here"
          : encoding.toLowerCase().replace("identity, ", "");
      const problem = await refused(body, [415], type, encoding);
      expect(problem.detail).toBe(
        `The body is compressed with ${coding}. Send it as plain JSON, without Content-Encoding.`,
      );
    }
  });

  test.each([
    ["gzip", gzipSync(text)],
    ["gzip", gzipSync(text, { level: 1 })],
    ["deflate", deflateSync(text, { level: 1 })],
    ["deflate", deflateSync(text)],
    ["zstd", zstdCompressSync(text)],
    ["zip", utf8("PK\u0003\u0004\u0014")],
  ])("by its first bytes: %s", async (coding, body) => {
    for (const type of types)
      expect((await refused(body, [415], type)).detail).toBe(
        `The body is compressed with ${coding}. Send it as plain JSON, without Content-Encoding.`,
      );
  });

  test.each(["identity", "", "Identity, identity"])("but not with Content-Encoding: %j", async (encoding) => {
    const edge = await Edge.create();
    const headers: [string, string][] = [
      ["Content-Type", "application/json"],
      ["Content-Encoding", encoding],
    ];
    expect((await edge.submit({ headers, body: utf8(text) })).status).toBe(202);
  });
});
