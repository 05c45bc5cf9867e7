import { expect, test } from "vitest";
import { finalStatuses, isFailure, isFinal, isSuccess, type Status } from "../../../shared/operation/status.ts";

test.each<[Status, boolean, boolean, boolean]>([
  ["queued", false, false, false],
  ["succeeded", true, true, false],
  ["failed", true, false, true],
  ["canceled", true, false, false],
  ["superseded", true, false, false],
])("%s: final %s, success %s, failure %s", (status, final, success, failure) => {
  expect([isFinal(status), isSuccess(status), isFailure(status)]).toEqual([final, success, failure]);
  expect(finalStatuses.some((each) => each === status)).toBe(final);
});
