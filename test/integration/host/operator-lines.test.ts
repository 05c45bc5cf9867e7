import { describe, expect, test } from "vitest";
import { failureLine, functionLine, pollErrorLine, requestLine } from "../../../infra/local/operator-lines.ts";

const logged = (entry: object) =>
  JSON.stringify({ level: "INFO", service: "dispatch", timestamp: "2026-01-05", function_name: "f", ...entry });

describe("what an operator reads of a function's log", () => {
  test.each([
    [
      "an operation that is done",
      logged({ message: "operation finished", operationId: "op-1", status: "succeeded", attempts: 0 }),
      "operation op-1 succeeded",
    ],
    [
      "an operation that has failed",
      logged({ message: "operation finished", operationId: "op-1", status: "failed", attempts: 1, code: "error.x" }),
      "operation op-1 failed: error.x",
    ],
    [
      "an operation that waits in the waiting room",
      logged({ message: "parked", operationId: "op-1", reason: "behind" }),
      "operation op-1 parked: behind",
    ],
    [
      "an operation that SQS has moved away",
      logged({ level: "WARN", message: "returned by SQS", operationId: "op-1" }),
      "warn in dispatch: returned by SQS, operationId op-1",
    ],
    [
      "a warning",
      logged({ level: "WARN", message: "lane blocked", reason: "throttled", failures: 1, until: 1767600000000 }),
      "warn in dispatch: lane blocked, reason throttled, failures 1, until 2026-01-05T08:00:00.000Z",
    ],
    [
      "an error over several lines",
      logged({
        level: "ERROR",
        message: "broken",
        error: { name: "TypeError", message: "no\n  such thing", stack: "x" },
      }),
      "error in dispatch: broken, TypeError: no such thing",
    ],
    ["what Node.js itself says", "(node:1) Warning: careful", "dispatch: (node:1) Warning: careful"],
  ])("%s is a line", (_, line, expected) => {
    expect(functionLine("dispatch", line)).toBe(expected);
  });

  test.each([
    ["information", logged({ message: "requeued", messages: 3 })],
    ["metrics", '{"_aws":{"CloudWatchMetrics":[]},"service":"dispatch"}'],
    ["an empty line", " "],
  ])("%s is none", (_, line) => {
    expect(functionLine("dispatch", line)).toBeUndefined();
  });
});

test("a failed invocation and a failed poll are one line each", () => {
  const error = { errorType: "Sandbox.Timedout", errorMessage: "Task timed out\nafter 3.00 seconds" };
  expect(failureLine("dispatch", error)).toBe("error in dispatch: Sandbox.Timedout: Task timed out after 3.00 seconds");
  expect(pollErrorLine(new Error("connect\nrefused"))).toBe("error while polling: connect refused");
});

describe("what an operator reads of the sandbox's requests", () => {
  const action = { at: 0, method: "POST", path: "/v2/usermanagement/action/1@AdobeOrg", status: 200, commands: 10 };
  test.each([
    ["an action request", action, "action request: 10 commands, 200"],
    ["one with a single command", { ...action, commands: 1 }, "action request: 1 command, 200"],
    ["one without an answer", { ...action, status: null }, "action request: 10 commands, no answer"],
    ["a read", { ...action, method: "GET", path: "/v2/usermanagement/users/1@AdobeOrg/0" }, undefined],
    ["a token request", { ...action, path: "/ims/token/v3" }, undefined],
  ])("%s", (_, record, line) => {
    expect(requestLine(record)).toBe(line);
  });
});
