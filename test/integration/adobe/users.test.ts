import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { adobeID, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const user = "ada@example.com";
const on = (root: object, ...steps: readonly object[]) => ({ ...root, do: steps });

async function succeeds(...commands: readonly object[]): Promise<void> {
  for (const command of commands) expect((await sandbox.act([command])).body).toMatchObject({ result: "success" });
}
async function fails(command: object, errorCode: string, step = 0): Promise<void> {
  expect((await sandbox.act([command])).body).toMatchObject({
    result: "error",
    errors: [{ index: 0, step, errorCode }],
  });
}

describe("creating", () => {
  test.each([
    ["an enterprise ID", enterprise],
    ["a federated ID", federated],
    ["an Adobe ID", adobeID],
  ])("%s that exists is an error, whatever the letter case", async (_, create) => {
    await succeeds(create(user));
    await fails(create("ADA@Example.com"), "error.user.already_in_org");
    expect(await sandbox.look("users")).toMatchObject([{ email: user }]);
  });

  test.each([
    ["ignoreIfAlreadyExists", "Ada"],
    ["updateIfAlreadyExists", "Eve"],
  ])("with %s goes on to the next step, and the first name is %s", async (option, firstname) => {
    await succeeds(enterprise(user));
    const again = { email: user, firstname: "Eve", lastname: "Able", country: "DE", option };
    await succeeds(on({ user }, { createEnterpriseID: again }, { add: { group: ["TestGroup1"] } }));
    expect(await sandbox.look("users")).toMatchObject([{ firstname, country: "US", groups: ["TestGroup1"] }]);
  });

  test("needs a claimed domain, except for Adobe IDs", async () => {
    await fails(enterprise("ada@example.org"), "error.domain.trust.nonexistent");
    await fails(federated("ada@example.org"), "error.domain.trust.nonexistent");
    const username = on({ user: "ada", domain: "example.org" }, ...federated(user).do);
    await fails(username, "error.domain.trust.nonexistent");
    const email = on({ user: "ada", domain: "example.com" }, ...federated("ada@example.org").do);
    await fails(email, "error.domain.trust.nonexistent");
    await succeeds(adobeID("ada@example.org"));
  });

  test("keeps an Adobe ID apart from an enterprise ID of the same email", async () => {
    await succeeds(enterprise(user), adobeID(user));
    await succeeds(adobeID("eve@example.com"), enterprise("eve@example.com"));
    await succeeds(on({ user, useAdobeID: true }, { add: { group: ["TestGroup1"] } }));
    expect(await sandbox.look("users")).toMatchObject([
      { type: "enterpriseID", groups: [] },
      { type: "adobeID", groups: ["TestGroup1"] },
      { type: "adobeID", email: "eve@example.com" },
      { type: "enterpriseID", email: "eve@example.com" },
    ]);
  });

  test("takes no username that another has", async () => {
    const root = { user: "ada", domain: "example.com" };
    await succeeds(on(root, ...federated(user).do));
    await fails(on(root, ...federated("eve@example.com").do), "error.user.already_in_org");
  });

  test("leaves the names of an Adobe ID to its owner", async () => {
    await succeeds(adobeID(user));
    const names = { email: user, firstname: "Eve", lastname: "East", option: "updateIfAlreadyExists" };
    await succeeds(on({ user }, { addAdobeID: names }));
    expect(JSON.stringify(await sandbox.look("users"))).not.toContain("Eve");
  });

  test("shows only what was set", async () => {
    await succeeds(adobeID(user));
    expect(await sandbox.look("users")).toEqual([
      {
        id: expect.any(String),
        email: user,
        username: user,
        domain: "example.com",
        type: "adobeID",
        status: "active",
        groups: [],
      },
    ]);
  });
});

describe("addressing", () => {
  test("finds emails whatever the letter case and shows them as first written", async () => {
    await succeeds(enterprise("Ada@example.com"), on({ user: "ADA@EXAMPLE.COM" }, { update: { firstname: "Eve" } }));
    expect(await sandbox.look("users")).toMatchObject([{ email: "Ada@example.com", firstname: "Eve" }]);
  });

  test("finds who was created by username by it and by email", async () => {
    const root = { user: "ada", domain: "example.com" };
    await succeeds(on(root, ...federated(user).do));
    await succeeds(on(root, { update: { firstname: "Eve" } }), on({ user }, { update: { lastname: "East" } }));
    expect(await sandbox.look("users")).toMatchObject([{ username: "ada", firstname: "Eve", lastname: "East" }]);
  });

  test("tells an update that names another domain than the user's", async () => {
    await succeeds(on({ user: "ada", domain: "example.com" }, ...federated(user).do));
    const root = { user: "ADA", domain: "example.org" };
    await fails(on(root, { update: { firstname: "Eve" } }), "error.update.domain.mismatch");
    await fails(on(root, { add: { group: ["TestGroup1"] } }), "error.user.nonexistent");
  });

  test.each([
    ["update", { update: { firstname: "Eve" } }],
    ["add", { add: { group: ["TestGroup1"] } }],
    ["remove", { remove: "all" }],
  ])("does not find a stranger for %s", async (_, step) => {
    await fails(on({ user }, step), "error.user.nonexistent");
  });
});

describe("updating", () => {
  test("moves the username along with the email it equals, and later steps go on with the same person", async () => {
    await succeeds(
      federated(user),
      on({ user }, { update: { email: "eve@example.com" } }, { add: { group: ["TestGroup1"] } }),
    );
    await fails(on({ user }, { remove: "all" }), "error.user.nonexistent");
    expect(await sandbox.look("users")).toMatchObject([
      { email: "eve@example.com", username: "eve@example.com", groups: ["TestGroup1"] },
    ]);
  });

  test("takes the email that is there already, and a username that is an email of a claimed domain", async () => {
    await succeeds(federated(user), on({ user }, { update: { email: user, username: "login@example.com" } }));
    await fails(on({ user }, { update: { username: "login@example.org" } }), "error.domain.trust.nonexistent");
    expect(await sandbox.look("users")).toMatchObject([{ email: user, username: "login@example.com" }]);
  });

  test("refuses what another has", async () => {
    await succeeds(federated(user), federated("eve@example.com"), on({ user }, { update: { username: "ada" } }));
    await fails(on({ user: "eve@example.com" }, { update: { email: user } }), "error.user.email.name_in_use");
    await fails(on({ user: "eve@example.com" }, { update: { username: "ADA" } }), "error.user.name_in_use");
  });
});

describe("memberships", () => {
  const admin = [
    "_admin_TestGroup1",
    "_admin_Creative Cloud 1",
    "_developer_Creative Cloud 1",
    "_support_admin",
    "_deployment_admin",
  ];

  test("cover user groups, profiles and admin groups by name, whatever the letter case", async () => {
    await succeeds(enterprise(user, { add: { group: ["testgroup1", "creative cloud 1", ...admin] } }));
    expect(await sandbox.look("users")).toMatchObject([{ groups: ["TestGroup1", "Creative Cloud 1", ...admin] }]);
    await succeeds(on({ user }, { remove: { group: ["TestGroup1", "_admin_TestGroup1"] } }));
    expect(await sandbox.look("users")).toMatchObject([{ groups: ["Creative Cloud 1", ...admin.slice(1)] }]);
    await succeeds(on({ user }, { remove: "all" }));
    expect(await sandbox.look("users")).toMatchObject([{ groups: [] }]);
  });

  test("may be added and removed twice", async () => {
    const twice = [{ add: { group: ["TestGroup1"] } }, { add: { group: ["TestGroup1"] } }];
    await succeeds(
      enterprise(user, ...twice, { remove: { group: ["TestGroup1"] } }, { remove: { group: ["TestGroup1"] } }),
    );
  });

  test("of one step come all or not at all, and steps before it stand", async () => {
    await fails(enterprise(user, { add: { group: ["TestGroup1", "Nowhere"] } }), "error.group.not_found", 1);
    expect(await sandbox.look("users")).toMatchObject([{ email: user, groups: [] }]);
  });

  test("by the deprecated 'product' succeed with a warning", async () => {
    const command = { ...enterprise(user, { add: { product: ["Creative Cloud 1"] } }), requestID: "r1" };
    expect((await sandbox.act([command])).body).toEqual({
      result: "success",
      completed: 1,
      notCompleted: 0,
      completedInTestMode: 0,
      warnings: [
        {
          warningCode: "warning.command.deprecated",
          index: 0,
          step: 1,
          requestID: "r1",
          user,
          message: expect.any(String),
        },
      ],
    });
  });
});

describe("removing from the organisation", () => {
  test.each([{}, { deleteAccount: true }])("ends every membership (%o)", async (fields) => {
    await succeeds(enterprise(user, { add: { group: ["TestGroup1"] } }), on({ user }, { removeFromOrg: fields }));
    expect(await sandbox.look("users")).toEqual([]);
    expect(await sandbox.look("groups")).toContainEqual(
      expect.objectContaining({ groupName: "TestGroup1", memberCount: 0 }),
    );
  });

  test("succeeds for a stranger", async () => {
    await succeeds(on({ user: "nobody@example.com" }, { removeFromOrg: {} }));
  });

  test.each([
    [false, true],
    [true, false],
  ])("with deleteAccount %s who comes back is the same person: %s", async (deleteAccount, same) => {
    await succeeds(enterprise(user));
    const before = await sandbox.look("users");
    await succeeds(on({ user }, { removeFromOrg: { deleteAccount } }), enterprise(user));
    const after = await sandbox.look("users");
    expect(JSON.stringify(after) === JSON.stringify(before)).toBe(same);
  });
});

describe("commands of one request", () => {
  test("fail one by one, named by index, step, root and requestID", async () => {
    const { body } = await sandbox.act([
      enterprise(user),
      { ...on({ user: "nobody@example.com" }, { remove: "all" }), requestID: "r2" },
      enterprise("eve@example.com", { add: { group: ["Nowhere"] } }),
    ]);
    expect(body).toEqual({
      result: "partial",
      completed: 1,
      notCompleted: 2,
      completedInTestMode: 0,
      errors: [
        {
          index: 1,
          step: 0,
          requestID: "r2",
          user: "nobody@example.com",
          errorCode: "error.user.nonexistent",
          message: "User Id does not exist: nobody@example.com",
        },
        {
          index: 2,
          step: 1,
          user: "eve@example.com",
          errorCode: "error.group.not_found",
          message: "Group Nowhere was not found",
        },
      ],
    });
  });

  test("are carried out in an order of chance", async () => {
    const orders = new Set<string>();
    for (let round = 0; round < 20; round++) {
      await sandbox.reset();
      await sandbox.act(["a", "b", "c"].map((name) => enterprise(`${name}@example.com`)));
      orders.add(JSON.stringify(await sandbox.look("users")).replaceAll(/"id":"[^"]*"/g, ""));
    }
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe("in test mode", () => {
  const testOnly = async (...commands: readonly object[]) => (await sandbox.act(commands, "?testOnly=true")).body;

  test("nothing changes, strangers pass, and faults are reported", async () => {
    await succeeds(enterprise(user));
    const before = await sandbox.look("users");
    const body = await testOnly(
      on({ user }, { update: { firstname: "Eve" } }, { add: { group: ["TestGroup1"] } }),
      on({ user: "nobody@example.com" }, { add: { group: ["TestGroup1"] } }),
      enterprise("new@example.com", { add: { group: ["Creative Cloud 1"] } }),
      enterprise(user),
      on({ user: "nobody2@example.com" }, { add: { group: ["Nowhere"] } }),
      on({ usergroup: "New" }, { createUserGroup: {} }, { add: { user: ["nobody@example.com"] } }),
    );
    expect(body).toMatchObject({
      result: "partial",
      completed: 0,
      completedInTestMode: 4,
      notCompleted: 2,
      errors: [
        { index: 3, errorCode: "error.user.already_in_org" },
        { index: 4, errorCode: "error.group.not_found" },
      ],
    });
    expect(await sandbox.look("users")).toEqual(before);
    expect(JSON.stringify(await sandbox.look("groups"))).not.toContain("New");
  });
});
