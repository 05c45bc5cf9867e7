import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAnswerBody } from "../../../shared/umapi/answer.ts";

const parse = (body: unknown) => parseAnswerBody(JSON.stringify(body));
const counts = { completed: 1, notCompleted: 1, completedInTestMode: 0 };

describe("a report", () => {
  test("has Adobe's counts and errors, and nothing of its other fields", () => {
    const body = {
      ...counts,
      result: "partial",
      errors: [
        {
          index: 1,
          step: 0,
          requestID: "HR-7",
          message: "No such user",
          user: "a@x.com",
          errorCode: "error.user.not_found",
        },
      ],
      warnings: [{ warningCode: "warning.command.deprecated", requestID: "HR-7", index: 0, step: 0, message: "" }],
    };
    expect(parse(body)).toEqual({
      kind: "report",
      ...counts,
      errors: [{ index: 1, step: 0, code: "error.user.not_found", message: "No such user" }],
    });
  });

  test.each([
    ["without errors", { result: "success" }],
    ["without errors in so many words", { result: "success", errors: [] }],
    ["with fields that nobody has documented", { result: "success", took: 12, errors: [] }],
  ])("may be %s", (_, body) => {
    expect(parse({ ...counts, ...body })).toEqual({ kind: "report", ...counts, errors: [] });
  });

  test("without a count for test mode completed nothing there", () => {
    expect(parse({ result: "success", completed: 1, notCompleted: 0 })).toMatchObject({ completedInTestMode: 0 });
  });

  test.each([
    ["a number", 3, { step: 3 }],
    ["text", "3", { step: 3 }],
    ["null", null, {}],
    ["nothing", undefined, {}],
  ])("names a step as %s", (_, step, expected) => {
    const body = parse({ ...counts, result: "error", errors: [{ index: "0", step, errorCode: "error.x" }] });
    expect(body).toMatchObject({ errors: [{ index: 0, code: "error.x", message: "", ...expected }] });
    expect(body.kind === "report" && "step" in (body.errors[0] ?? {})).toBe("step" in expected);
  });

  test.each([
    ["an error at no command", { errors: [{ errorCode: "error.x", message: "" }] }],
    ["an error at a negative command", { errors: [{ index: -1, errorCode: "error.x" }] }],
    ["an error at half a step", { errors: [{ index: 0, step: 0.5, errorCode: "error.x" }] }],
    ["an error without a code", { errors: [{ index: 0 }] }],
    ["errors that are not a list", { errors: "none" }],
    ["a count that is text", { completed: "1" }],
  ])("with %s is none", (_, change) => {
    expect(parse({ ...counts, result: "error", ...change }).kind).not.toBe("report");
  });
});

describe("a refusal, in each of Adobe's shapes", () => {
  test.each([
    [{ result: "error.command.malformed", message: "Malformed" }, "error.command.malformed", "Malformed"],
    [{ error_code: "429050", message: "Too many requests" }, "429050", "Too many requests"],
    [{ errorCode: "error.apikey.invalid", errorMessage: "No" }, "error.apikey.invalid", "No"],
    [{ result: "error.command.malformed" }, "error.command.malformed", ""],
  ])("%j", (body, code, message) => {
    expect(parse(body)).toEqual({ kind: "refusal", code, message });
  });
});

describe("a body that says nothing", () => {
  test.each([
    "",
    " ",
    "null",
    "[]",
    "{}",
    '"text"',
    "7",
    "<html>504</html>",
    '{"result":"success","completed":1,',
    "{\u0000}",
  ])("%j", (text) => {
    expect(parseAnswerBody(text)).toEqual({ kind: "unreadable" });
  });

  test("throws nothing, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(["report", "refusal", "unreadable"]).toContain(parseAnswerBody(text).kind);
      }),
    );
  });
});
