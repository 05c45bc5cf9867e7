import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { adobeID, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.act([enterprise("Ada@Example.com")]);
});

const user = "ada@example.com";
const on = (name: string, ...steps: readonly object[]) => ({ user: name, do: steps });
const group = (usergroup: string, ...steps: readonly object[]) => ({ usergroup, do: steps });
const add = (...names: readonly string[]) => ({ add: { group: names } });
const done = { result: "success", completed: 1, notCompleted: 0, completedInTestMode: 0 };
const failed = (...errors: readonly object[]) => ({
  result: "error",
  completed: 0,
  notCompleted: errors.length,
  completedInTestMode: 0,
  errors,
});

async function act(...commands: readonly object[]): Promise<unknown> {
  return (await sandbox.act(commands)).body;
}
async function succeeds(...commands: readonly object[]): Promise<void> {
  for (const command of commands) expect(await act(command)).toEqual(done);
}

describe("the answer to an action request", () => {
  const message = expect.any(String);
  test.each<[string, object, object]>([
    ["a step done", on(user, add("TestGroup1")), done],
    ["a root in another letter case", on("ADA@EXAMPLE.COM", add("TestGroup1")), done],
    [
      "an unknown user",
      { ...on("nobody@example.com", add("TestGroup1")), requestID: "r-1" },
      failed({
        index: 0,
        step: 0,
        requestID: "r-1",
        user: "nobody@example.com",
        errorCode: "error.user.nonexistent",
        message,
      }),
    ],
    [
      "an unknown user group, its name under user",
      group("Nowhere", { add: { user: [user] } }),
      failed({ index: 0, step: 0, user: "Nowhere", errorCode: "error.usergroup.not_found", message }),
    ],
    [
      "a step that does not exist, by its place among the steps",
      on(user, add("TestGroup1"), { resetPassword: {} }),
      failed({ index: 0, step: 1, user, errorCode: "error.command.step.unknown", message }),
    ],
    [
      "a command without a root, which is named by its index alone",
      { do: [add("TestGroup1")] },
      failed({ index: 0, errorCode: "error.command.user_usergroup.missing", message }),
    ],
    ["ten steps of ten groups", on(user, ...Array(10).fill(add("TestGroup1"))), done],
    ["the removal of a stranger", on("nobody@example.com", { removeFromOrg: {} }), done],
    ["a federated ID by email", federated("fay@example.com"), done],
    ["an Adobe ID of any domain", adobeID("ida@example.net"), done],
    [
      "an enterprise ID without a country",
      on("e@example.com", { createEnterpriseID: { email: "e@example.com", firstname: "E", lastname: "E" } }),
      done,
    ],
  ])("tells of %s", async (_, command, answer) => {
    expect(await act(command)).toEqual(answer);
  });
});

describe("a removed person", () => {
  const leave = (fields: object = {}) => on(user, { removeFromOrg: fields });
  const join = (email: string) => enterprise(email);
  const people = () => sandbox.look("users");

  test("is the same account with its old letter case when added again", async () => {
    const before = await people();
    await succeeds(leave(), join("ADA@example.com"));
    expect(await people()).toEqual(before);
    expect(before).toMatchObject([{ email: "Ada@Example.com", username: "Ada@Example.com" }]);
  });

  test("has no membership when added again", async () => {
    await succeeds(on(user, add("TestGroup1")), leave(), join(user));
    expect(await people()).toMatchObject([{ groups: [] }]);
  });

  test("is gone with the account: who is added again is somebody new", async () => {
    const before = JSON.stringify(await people());
    await succeeds(leave({ deleteAccount: true }), join("ADA@example.com"));
    expect(await people()).toMatchObject([{ email: "ADA@example.com" }]);
    expect(before).not.toContain(JSON.parse(JSON.stringify(await people()))[0].id);
  });

  test("can be deleted after having been removed", async () => {
    await succeeds(leave(), leave({ deleteAccount: true }), join(user));
    expect(await people()).toMatchObject([{ email: user }]);
  });

  test("by username can be deleted after having been removed", async () => {
    const root = { user: "ray", domain: "example.com" };
    const create = { ...federated("Ray@example.com"), ...root };
    await succeeds(create, { ...root, do: [{ removeFromOrg: {} }] });
    await succeeds({ ...root, do: [{ removeFromOrg: { deleteAccount: true } }] });
    await succeeds({ ...federated("ray@example.com"), ...root });
    expect(await people()).toMatchObject([{}, { email: "ray@example.com", username: "ray" }]);
  });

  test("stays where the Adobe ID of the same email is to be deleted", async () => {
    const before = await people();
    const ida = { user, useAdobeID: true, do: [{ removeFromOrg: { deleteAccount: true } }] };
    await succeeds(leave(), ida, join(user));
    expect(await people()).toEqual(before);
  });

  test("is forgotten when somebody else takes the email", async () => {
    const before = JSON.stringify(await people());
    const rename = (from: string, email: string) => on(from, { update: { email } });
    await succeeds(leave(), enterprise("eve@example.com"), rename("eve@example.com", user));
    await succeeds(rename(user, "eve@example.com"), join(user));
    const [, { id }] = JSON.parse(JSON.stringify(await people()));
    expect(before).not.toContain(id);
  });

  test("keeps an Adobe ID, which is its owner's, whatever is asked", async () => {
    await succeeds(adobeID("Ida@example.net"), on("ida@example.net", { removeFromOrg: { deleteAccount: true } }));
    await succeeds(on("ida@example.net", { removeFromOrg: { deleteAccount: true } }), adobeID("ida@example.net"));
    expect(await people()).toMatchObject([{}, { email: "Ida@example.net" }]);
  });

  test("cannot be changed until added again", async () => {
    await succeeds(leave());
    expect(await act(on(user, add("TestGroup1")))).toMatchObject({ errors: [{ errorCode: "error.user.nonexistent" }] });
  });

  test("stays in test mode", async () => {
    expect((await sandbox.act([leave({ deleteAccount: true })], "?testOnly=true")).body).toEqual({
      ...done,
      completed: 0,
      completedInTestMode: 1,
    });
    expect(await people()).toHaveLength(1);
  });
});

describe("a create of somebody who is there", () => {
  const again = (option: object, fields: object = {}) =>
    on(user, {
      createEnterpriseID: { email: user, firstname: "Eve", lastname: "East", country: "DE", ...fields, ...option },
    });

  test.each([
    ["without option", {}, "Ada", "Able"],
    ["to ignore", { option: "ignoreIfAlreadyExists" }, "Ada", "Able"],
    ["to update", { option: "updateIfAlreadyExists" }, "Eve", "East"],
  ])("%s leaves email and country, and the names are right", async (_, option, firstname, lastname) => {
    await act(again(option));
    expect(await sandbox.look("users")).toMatchObject([
      { email: "Ada@Example.com", country: "US", firstname, lastname },
    ]);
  });

  test("of a user group updates its description alone", async () => {
    await succeeds(group("testgroup1", { createUserGroup: { name: "Other", option: "updateIfAlreadyExists" } }));
    expect(await sandbox.look("groups")).toContainEqual(expect.objectContaining({ groupName: "TestGroup1" }));
  });
});

describe("test mode", () => {
  test.each<[string, object, object]>([
    [
      "passes a stranger's update",
      on("nobody@example.com", { update: { firstname: "N" } }),
      { completedInTestMode: 1 },
    ],
    ["passes a stranger's removal", on("nobody@example.com", { removeFromOrg: {} }), { completedInTestMode: 1 }],
    ["passes a create and what follows", federated("f@example.com", add("TestGroup1")), { completedInTestMode: 1 }],
    [
      "passes steps that only together make a change",
      group("TestGroup1", { add: { user: [user] } }, { remove: { user: [user] } }),
      { completedInTestMode: 1 },
    ],
    ["reports a broken rule", on(user, { update: { country: "DE" } }), { notCompleted: 1, result: "error" }],
    ["reports a group that is missing", on("nobody@example.com", add("Nowhere")), { notCompleted: 1 }],
    ["reports a user group that is missing", group("Nowhere", { deleteUserGroup: {} }), { notCompleted: 1 }],
    ["reports an unclaimed domain", federated("f@example.net"), { notCompleted: 1 }],
    ["reports who is there already", enterprise(user), { notCompleted: 1 }],
  ])("%s and changes nothing", async (_, command, counts) => {
    const before = await sandbox.look("users");
    expect((await sandbox.act([command], "?testOnly=TRUE")).body).toMatchObject({ completed: 0, ...counts });
    expect(await sandbox.look("users")).toEqual(before);
  });
});

test("an answer has a request id, the client's own if it sent one, also when it refuses", async () => {
  const headers = { ...sandbox.headers, "content-type": "application/json", "x-request-id": "mine" };
  for (const body of ["[]", JSON.stringify([on(user, add("TestGroup1"))])]) {
    const response = await fetch(`${sandbox.actionUrl}/`, { method: "POST", headers, body });
    expect(response.headers.get("x-request-id")).toBe("mine");
  }
});
