import { describe, expect, test } from "vitest";
import type { Problem } from "../../../shared/api/problem.ts";
import { parseSubmission, type SubmissionRequest } from "../../../shared/submit/parse.ts";

const leaver = { user: "jane.roe@example.com", do: [{ removeFromOrg: {} }] };
const rules = { allowAccountDeletion: false };

const request = (body: unknown, others: Partial<SubmissionRequest> = {}): SubmissionRequest => ({
  contentType: "application/json",
  body: typeof body === "string" ? body : JSON.stringify(body),
  isBase64Encoded: false,
  query: {},
  receivedAt: Date.parse("2027-01-05T09:00:00Z"),
  ...others,
});

function refused(handedIn: SubmissionRequest, by = rules): Problem {
  const parsed = parseSubmission(handedIn, by);
  if (parsed.ok) throw new Error("was accepted");
  return parsed.problem;
}

describe("operations are submitted", () => {
  const accepted = { ok: true, submission: { commands: [leaver], testOnly: false } };

  test.each<[string, unknown]>([
    ["one alone", leaver],
    ["in a list", [leaver]],
    ["in an object", { operations: [leaver] }],
  ])("%s", (_, body) => {
    expect(parseSubmission(request(body), rules)).toEqual(accepted);
  });

  test("up to 500 of them, in order", () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ ...leaver, requestID: `${index}` }));
    expect(parseSubmission(request(many), rules)).toEqual({
      ok: true,
      submission: { commands: many, testOnly: false },
    });
  });

  test("in base64, with a byte order mark", () => {
    const body = Buffer.from(`\ufeff${JSON.stringify(leaver)}`).toString("base64");
    expect(parseSubmission(request(body, { isBase64Encoded: true }), rules)).toEqual(accepted);
  });

  test.each([
    ["application/json; charset=utf-8"],
    ['Application/JSON ; charset="UTF-8"; profile=x'],
    ["application/vnd.hr.leaver+json"],
  ])("as %s", (contentType) => {
    expect(parseSubmission(request(leaver, { contentType }), rules)).toEqual(accepted);
  });

  test.each([
    ["true", true],
    ["false", false],
    [undefined, false],
  ])("with testOnly=%s", (testOnly, expected) => {
    expect(parseSubmission(request(leaver, { query: { testOnly } }), rules)).toMatchObject({
      submission: { testOnly: expected },
    });
  });

  test("under an idempotency key of up to 255 characters", () => {
    for (const idempotencyKey of ["a", '"8e03978e-40d5 ~"', "k".repeat(255)])
      expect(parseSubmission(request(leaver, { idempotencyKey }), rules)).toMatchObject({
        submission: { idempotencyKey },
      });
  });
});

describe("415: the content type is not JSON", () => {
  test.each([
    [undefined],
    [""],
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["application/jsonp"],
    ["application/+json"],
    ["text/json"],
    ["application/json; charset=iso-8859-1"],
  ])("%s", (contentType) => {
    expect(refused(request(leaver, { contentType })).status).toBe(415);
  });
});

describe("413: the request is too large", () => {
  const padded = (bytes: number) => JSON.stringify(leaver).padEnd(bytes);

  test("above 1 MiB of UTF-8 in all", () => {
    expect(parseSubmission(request(padded(1024 * 1024)), rules).ok).toBe(true);
    expect(refused(request(padded(1024 * 1024 + 1)))).toMatchObject({ status: 413 });
    expect(refused(request(`"${"é".repeat(512 * 1024)}"`))).toMatchObject({ status: 413 });
  });

  /** A lawful command of so many bytes: steps of two-byte letters, and a requestID that fills up what they leave. */
  const commandOf = (bytes: number) => {
    const step = { add: { group: ["é".repeat(50)] } };
    const stepBytes = Buffer.byteLength(JSON.stringify(step)) + 1;
    const command = {
      user: "jane.roe@example.com",
      requestID: "",
      do: Array(Math.floor((bytes - 100) / stepBytes)).fill(step),
    };
    const missing = bytes - Buffer.byteLength(JSON.stringify(command));
    return { ...command, requestID: "r".repeat(missing) };
  };

  test("above 128 KiB of UTF-8 for one operation", () => {
    expect(Buffer.byteLength(JSON.stringify(commandOf(128 * 1024)))).toBe(128 * 1024);
    expect(parseSubmission(request([commandOf(128 * 1024)]), rules).ok).toBe(true);
    expect(refused(request([leaver, commandOf(128 * 1024 + 1)]))).toMatchObject({
      status: 413,
      errors: [{ pointer: "/1", detail: "an operation of 131073 bytes; expected at most 131072" }],
    });
  });

  test("even if what makes it large is against the rules", () => {
    expect(refused(request({ ...leaver, requestID: "x".repeat(200_000) })).status).toBe(413);
  });
});

describe("400: the request cannot be read", () => {
  test.each([
    ["nothing", undefined, "The body is empty"],
    ["no text", "", "The body is empty"],
    ["no JSON", "{\n  'user': 1}", "it goes wrong at line 2, column 3"],
    ["an unfinished list", "[1,", "it goes wrong at line 1, column 4"],
    ["more than one value", "{} {}", "it goes wrong at line 1, column 4"],
    ["an unfinished string", '["x', "it goes wrong at line 1, column 4"],
    ["a line break in a string", '["x\ny"]', "it goes wrong at line 1, column 4"],
    ["a key twice", '{"user":"a",\n"us\\u0065r":"b"}', "the second is at line 2, column 1"],
    ["a step twice", '[{"user":"a@b.c","do":[{"add":{},"add":{}}]}]', "the second is at line 1, column 34"],
    ["33 lists in lists", "[".repeat(33) + "]".repeat(33), "more than 32 deep at line 1, column 33"],
    ["a million lists in lists", "[".repeat(1_000_000), "more than 32 deep at line 1, column 33"],
  ])("a body of %s", (_, body, detail) => {
    const problem = refused({ ...request(""), body });
    expect(problem).toMatchObject({ status: 400, type: "urn:problem-type:umapi-workers:malformed" });
    expect(problem.detail).toContain(detail);
  });

  test("a body that is not UTF-8", () => {
    const body = Buffer.from([0x22, 0xff, 0x22]).toString("base64");
    expect(refused(request(body, { isBase64Encoded: true })).status).toBe(400);
  });

  test.each([
    [{ testOnly: "" }],
    [{ testOnly: "TRUE" }],
    [{ testOnly: "true,true" }],
    [{ testonly: "true" }],
    [{ x: "1" }],
  ])("a query of %j", (query) => {
    expect(refused(request(leaver, { query })).status).toBe(400);
  });

  test.each([[""], ["k".repeat(256)], ["schlüssel"], ["a\tb"], ["a\n"]])(
    "an idempotency key of %j",
    (idempotencyKey) => {
      expect(refused(request(leaver, { idempotencyKey })).status).toBe(400);
    },
  );
});

describe("422: the operations are against the rules", () => {
  test.each<[string, unknown, string, string]>([
    ["none", [], "", "an empty list; expected 1 to 500 commands"],
    ["none in an object", { operations: [] }, "/operations", "an empty list; expected 1 to 500 commands"],
    ["501", Array(501).fill(leaver), "", "a list of 501 entries; expected 1 to 500 commands"],
    ["a number", 5, "", "a number; expected a command, a list of commands, or an object with operations"],
    [
      "an object as operations",
      { operations: leaver },
      "/operations",
      "an object with 2 keys; expected a list of commands",
    ],
    [
      "more beside operations",
      { operations: [leaver], x: 1 },
      "",
      "an unknown key; the keys known here are operations",
    ],
    [
      "a list in the list",
      [[leaver]],
      "/0",
      "a list of one entry; expected a command, an object with user or usergroup, and do",
    ],
  ])("%s", (_, body, pointer, detail) => {
    expect(refused(request(body))).toMatchObject({
      status: 422,
      detail: "One thing is wrong; nothing was queued.",
      errors: [{ pointer, detail }],
    });
  });

  test("with every fault of every operation at once, in order", () => {
    const bad = { user: "a@b.c", do: [{ add: { group: ["x", ""] } }] };
    const problem = refused(request({ operations: [bad, leaver, { do: 1 }, bad] }));
    expect(problem.detail).toBe("3 things are wrong; nothing was queued.");
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual([
      "/operations/0/do/0/add/group/1",
      "/operations/2",
      "/operations/3/do/0/add/group/1",
    ]);
  });

  test("of which the first hundred are listed and the others counted", () => {
    const problem = refused(request(Array(130).fill({})));
    expect(problem.errors).toHaveLength(100);
    expect(problem).toMatchObject({ moreErrors: 30, detail: "130 things are wrong; nothing was queued." });
  });
});

describe("destroying an account", () => {
  const deletion = {
    user: "jane.roe@example.com",
    do: [{ remove: "all" }, { removeFromOrg: { deleteAccount: true } }],
  };

  test("is refused by default, with the way to allow it", () => {
    expect(refused(request([leaver, deletion]))).toMatchObject({
      status: 422,
      errors: [
        {
          pointer: "/1/do/1/removeFromOrg/deleteAccount",
          detail: expect.stringContaining("deploy the stack with allowAccountDeletion"),
        },
      ],
    });
  });

  test("is refused together with all other faults", () => {
    expect(refused(request({ ...deletion, x: 1 })).errors).toHaveLength(2);
  });

  test("is accepted if the stack allows it; keeping the account always is", () => {
    const kept = { user: "jane.roe@example.com", do: [{ removeFromOrg: { deleteAccount: false } }] };
    expect(parseSubmission(request(deletion), { allowAccountDeletion: true }).ok).toBe(true);
    expect(parseSubmission(request(kept), rules).ok).toBe(true);
  });
});
