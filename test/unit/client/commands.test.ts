import { describe, expect, test } from "vitest";
import { joiner, leaver, mover } from "../../../client/main.ts";
import type { OperationRequest } from "../../../shared/api/requests.ts";
import { accept } from "../../../shared/submit/accept.ts";

const receivedAt = Date.parse("2027-01-05T09:00:00Z");
const accepted = (operation: OperationRequest) =>
  accept(
    { operations: [{ value: operation, pointer: "" }], testOnly: false, receivedAt },
    { allowAccountDeletion: false },
  );

const jane = { user: "jane.doe@example.com", firstname: "Jane", lastname: "Doe" };
const jdoe = { user: "jdoe", domain: "example.com" };

describe("what the builders make is accepted", () => {
  test.each<[string, OperationRequest]>([
    ["a federated ID by email", joiner({ ...jane, type: "federatedID", country: "GB", groups: ["Design"] })],
    ["a federated ID by username", joiner({ ...jane, ...jdoe, email: jane.user, type: "federatedID", country: "GB" })],
    ["an Enterprise ID", joiner({ ...jane, type: "enterpriseID", groups: ["Design", "Creative Cloud 1"] })],
    ["an Enterprise ID with a country", joiner({ ...jane, type: "enterpriseID", country: "GB" })],
    ["an Adobe ID", joiner({ ...jane, type: "adobeID", requestID: "hr-1" })],
    ["a joiner of next month", joiner({ ...jane, type: "adobeID", notBefore: "2027-02-01T08:00:00+01:00" })],
    ["a mover into other groups", mover({ user: jane.user, joins: ["Film"], leaves: ["Design", "Print"] })],
    ["a mover by another name", mover({ ...jdoe, changes: { lastname: "Roe", username: "jroe" } })],
    ["a mover in all", mover({ user: jane.user, changes: { firstname: "J" }, joins: ["Film"], leaves: ["Design"] })],
    ["a leaver", leaver({ user: jane.user })],
    ["a leaver by username, on the last day", leaver({ ...jdoe, notBefore: "2027-01-31T18:00:00+01:00" })],
  ])("%s", (_, operation) => {
    expect(accepted(operation)).toMatchObject({ ok: true });
  });
});

test("A joiner with 25 groups is one operation, and a mover who neither moves nor changes is refused", () => {
  const groups = Array.from({ length: 25 }, (_, index) => `group ${index}`);
  expect(accepted(joiner({ ...jane, type: "enterpriseID", groups }))).toMatchObject({ ok: true });
  expect(accepted(mover({ user: jane.user }))).toMatchObject({ ok: false, problem: { status: 422 } });
});

test("A builder asks for what Adobe needs: the compiler refuses the rest", () => {
  const attempts = () => [
    // @ts-expect-error: a federated ID needs a country
    joiner({ ...jane, type: "federatedID" }),
    // @ts-expect-error: and a last name
    joiner({ user: jane.user, firstname: "Jane", type: "enterpriseID" }),
    // @ts-expect-error: a leaver has no steps
    leaver({ user: jane.user, do: [] }),
  ];
  expect(attempts).toBeTypeOf("function");
});
