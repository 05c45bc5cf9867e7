import { describe, expect, test } from "vitest";
import { callerOf, submitterOf } from "../../../shared/lambda/caller.ts";
import { httpEvent } from "../../simulation/http-event.ts";

function eventOf(authorizer: object | undefined) {
  const event = httpEvent({ method: "POST", path: "/v1/operations" });
  return { ...event, requestContext: { ...event.requestContext, ...(authorizer === undefined ? {} : { authorizer }) } };
}

const iam = (userArn: string) => ({ iam: { userArn } });
const role = "arn:aws:sts::111122223333:assumed-role/nightly";

describe("Who handed operations in is the caller that the authorizer names, without the session of a role", () => {
  test.each<[string, object | undefined, string | undefined]>([
    ["a Lambda's role", iam(`${role}/roster-2026`), role],
    ["a person's role", iam(`${role}/ada.byron@example.com`), role],
    [
      "a role in another partition",
      iam("arn:aws-us-gov:sts::111122223333:assumed-role/hr/s"),
      "arn:aws-us-gov:sts::111122223333:assumed-role/hr",
    ],
    ["a user", iam("arn:aws:iam::111122223333:user/hr/sync"), "arn:aws:iam::111122223333:user/hr/sync"],
    ["the subject of a token", { jwt: { claims: { sub: "client-7" }, scopes: null } }, "client-7"],
    ["what a Lambda authorizer names", { lambda: { principalId: "partner" } }, "partner"],
    ["nobody, locally", undefined, undefined],
    ["nobody, where the authorizer names none", { lambda: { team: "hr" } }, undefined],
  ])("%s", (_, authorizer, expected) => {
    expect(submitterOf(eventOf(authorizer))).toBe(expected);
  });

  test("whoever acts by hand is named with the session", () => {
    const arn = `${role}/ada.byron@example.com`;
    expect(callerOf(eventOf(iam(arn)))).toBe(arn);
  });
});
