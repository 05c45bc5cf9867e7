import { describe, expect, test } from "vitest";
import { type AcceptanceRules, accept, type Call, type Submission } from "../../../shared/submit/accept.ts";
import type { Submitter } from "../../../shared/submit/submitter.ts";

const receivedAt = Date.parse("2027-01-05T09:00:00Z");
const rules: AcceptanceRules = { allowAccountDeletion: false };
const leaver = { user: "jane.roe@example.com", do: [{ removeFromOrg: {} }] };

/** A door that knows nothing of HTTP. */
const knock = (values: readonly unknown[], others: Partial<Call> = {}) =>
  accept(
    {
      operations: values.map((value, index) => ({ value, pointer: `/${index}` })),
      testOnly: false,
      receivedAt,
      ...others,
    },
    rules,
  );

const deletion = (deleteAccount: unknown) => ({ user: "a@example.com", do: [{ removeFromOrg: { deleteAccount } }] });
const sized = (bytes: number) => ({ ...leaver, requestID: "r".repeat(bytes) });
/** Lawful, and a little under 64 KiB. */
const heavy = { user: "a@example.com", do: Array(1100).fill({ add: { group: ["g".repeat(35)] } }) };

describe("every rule is asked at every door", () => {
  test.each<[string, readonly unknown[], number]>([
    ["none", [], 422],
    ["501", Array(501).fill(leaver), 422],
    ["half a million", Array(500_000).fill(1), 422],
    ["one of more than 128 KiB", [leaver, sized(128 * 1024)], 413],
    ["two of more than 128 KiB", [sized(200_000), sized(300_000)], 413],
    ["more than 1 MiB in all, each of them small enough", Array(20).fill(heavy), 413],
    ["500 that are small enough, and too large together", Array(500).fill(heavy), 413],
    ["an account destroyed", [deletion(true)], 422],
    ["an account destroyed behind others", [leaver, leaver, deletion(true)], 422],
    ["an account destroyed where no step may follow", [{ ...deletion(true), requestID: 1 }], 422],
    ["a day too far off", [{ ...leaver, notBefore: "2029-01-05T09:00:00Z" }], 422],
    ["a day without an offset", [{ ...leaver, notBefore: "2027-01-06T09:00:00" }], 422],
    ["a day in other letters", [{ ...leaver, not_before: "2027-01-06T09:00:00Z" }], 422],
    ["no command", [null], 422],
    ["a step that Adobe does not know", [{ user: "a@example.com", do: [{ promote: {} }] }], 422],
    ["a step after the last", [{ user: "a@example.com", do: [{ removeFromOrg: {} }, { remove: "all" }] }], 422],
    ["what is not JSON", [undefined], 422],
  ])("%s", (_, values, status) => {
    expect(knock(values)).toMatchObject({ ok: false, problem: { status } });
  });

  test.each([[""], ["k".repeat(256)], ["ключ"]])("a key of %j", (idempotencyKey) => {
    expect(knock([leaver], { idempotencyKey })).toMatchObject({ ok: false, problem: { status: 400 } });
  });

  test("what the door itself found wrong counts with the rest", () => {
    const faults = [{ pointer: "/9", detail: "a line that cannot be read" }];
    expect(knock([leaver, null], { faults })).toMatchObject({
      problem: { detail: "2 things are wrong; nothing was queued.", errors: [faults[0], { pointer: "/1" }] },
    });
  });
});

test("what keeps every rule is accepted, with the times that operations wait for by their index", () => {
  const notBefore = "2027-02-01T00:00:00+01:00";
  expect(knock([leaver, { ...leaver, notBefore }, deletion(false)], { testOnly: true, idempotencyKey: "k" })).toEqual({
    ok: true,
    submission: {
      commands: [leaver, leaver, deletion(false)],
      notBefore: new Map([[1, Date.parse(notBefore)]]),
      testOnly: true,
      idempotencyKey: "k",
    },
  });
});

test("what a call does not say is not in what is accepted", () => {
  expect(knock([leaver])).toStrictEqual({ ok: true, submission: { commands: [leaver], testOnly: false } });
  expect(knock([leaver], { submittedBy: "arn:role" })).toMatchObject({ submission: { submittedBy: "arn:role" } });
});

describe("what just keeps a rule is accepted", () => {
  test.each<[string, readonly unknown[], Partial<Call>]>([
    ["500 commands", Array(500).fill(leaver), {}],
    ["a key of 255 characters", [leaver], { idempotencyKey: "k".repeat(255) }],
    ["a key of the first and the last printable character", [leaver], { idempotencyKey: " ~" }],
  ])("%s", (_, values, others) => {
    expect(knock(values, others)).toMatchObject({ ok: true, submission: { commands: values } });
  });

  test("an account destroyed, if the stack allows it", () => {
    const call = { operations: [{ value: deletion(true), pointer: "" }], testOnly: false, receivedAt };
    expect(accept(call, { allowAccountDeletion: true })).toMatchObject({ submission: { commands: [deletion(true)] } });
  });
});

describe("a problem says", () => {
  test("of a key what it must have", () => {
    for (const idempotencyKey of ["\u007f", "a\tb", "k".repeat(256)])
      expect(knock([leaver], { idempotencyKey })).toMatchObject({
        problem: {
          status: 400,
          detail: "The header Idempotency-Key must have 1 to 255 printable ASCII characters, such as a UUID.",
        },
      });
  });

  test("the key before the sizes, and those before all others", () => {
    const tooLarge = [null, sized(128 * 1024)];
    expect(knock(tooLarge, { idempotencyKey: "" })).toMatchObject({ problem: { status: 400 } });
    expect(knock(tooLarge)).toMatchObject({ problem: { status: 413 } });
  });

  test("how many things are wrong, and which", () => {
    expect(knock([null])).toMatchObject({
      problem: { detail: "One thing is wrong; nothing was queued.", errors: [{ pointer: "/0" }] },
    });
    expect(knock([deletion(true), { ...leaver, notBefore: 5 }])).toMatchObject({
      problem: { errors: [{ pointer: expect.stringMatching("^/0/") }, { pointer: "/1/notBefore" }] },
    });
  });

  test("of a list of another length only that, where the list stands", () => {
    const counted = { detail: expect.stringContaining("1 to 500 commands") };
    expect(knock([])).toMatchObject({ problem: { errors: [{ pointer: "", ...counted }] } });
    expect(knock(Array(501).fill(null), { at: "/operations" })).toMatchObject({
      problem: { detail: "One thing is wrong; nothing was queued.", errors: [{ pointer: "/operations", ...counted }] },
    });
  });

  test("nothing more of a list if its door has found it wrong, but of its length if something else was", () => {
    const found = (pointer: string) => knock([], { at: "/operations", faults: [{ pointer, detail: "no list" }] });
    expect(found("/operations")).toMatchObject({ problem: { errors: [{ detail: "no list" }] } });
    expect(found("/other")).toMatchObject({ problem: { errors: [{ pointer: "/other" }, { pointer: "/operations" }] } });
  });
});

test("nothing that accept did not make can be submitted: the compiler refuses it", () => {
  const submit = (submitter: Submitter, submission: Submission) => submitter.submit(submission);
  const attempts = (submitter: Submitter) => [
    // @ts-expect-error: commands that nobody has checked
    submitter.submit({ commands: [leaver], testOnly: false }),
    // @ts-expect-error: nor those that were checked by themselves
    submit(submitter, { commands: [leaver], testOnly: true, idempotencyKey: "k" }),
    // @ts-expect-error: nor a call before it is accepted
    submitter.submit({ operations: [{ value: leaver, pointer: "" }], testOnly: false, receivedAt }),
    // @ts-expect-error: nor what is accepted or refused, before one has looked which
    submitter.submit(knock([leaver])),
  ];
  expect(attempts).toBeTypeOf("function");
});
