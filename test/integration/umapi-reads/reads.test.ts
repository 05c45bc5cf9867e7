import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { all, failureOf, ReadingSandbox } from "./reading-sandbox.ts";

const member = (email: string, ...groups: string[]) => ({
  user: email,
  do: [
    { createEnterpriseID: { email, firstname: "Ada", lastname: "Able", country: "US" } },
    ...(groups.length === 0 ? [] : [{ add: { group: groups } }]),
  ],
});

let sandbox: ReadingSandbox;
beforeEach(async () => {
  sandbox = await ReadingSandbox.start({ users: 5, pageSize: 2 });
});
afterEach(() => sandbox.close());

const emails = async (users: AsyncIterable<{ readonly email?: string }>) =>
  (await all(users)).map(({ email }) => email);

describe.each(["oauth", "jwt"] as const)("with a token by %s", (auth) => {
  test("all users of the organisation are read, page by page", async () => {
    expect(await emails(sandbox.reads(auth).users())).toEqual(await sandbox.everyone());
    expect(sandbox.sent).toEqual([
      { path: "users/org/0", pragma: "umapi-sync-start" },
      { path: "users/org/1", pragma: null },
      { path: "users/org/2", pragma: "umapi-sync-end" },
    ]);
  });
});

describe("users", () => {
  test("come as Adobe shows them, without groups where they have none", async () => {
    await sandbox.act(member("ada@example.com"));
    const users = await all(sandbox.reads().users());
    expect(users.find(({ email }) => email === "ada@example.com")).toEqual({
      id: expect.any(String),
      email: "ada@example.com",
      username: "ada@example.com",
      domain: "example.com",
      firstname: "Ada",
      lastname: "Able",
      country: "US",
      type: "enterpriseID",
      status: "active",
    });
  });

  test("may be those of one domain", async () => {
    const everyone = await sandbox.everyone();
    expect(await emails(sandbox.reads().users({ domain: "example.com", directOnly: false }))).toEqual(
      everyone.filter((email) => email.endsWith("@example.com")),
    );
    expect(sandbox.sent[0]).toEqual({
      path: "users/org/0?domain=example.com&directOnly=false",
      pragma: "umapi-sync-start",
    });
    expect(await emails(sandbox.reads().users({ domain: "example.net" }))).toEqual([]);
  });

  test("of an empty organisation are none", async () => {
    const empty = await ReadingSandbox.start({});
    try {
      expect(await all(empty.reads().users())).toEqual([]);
      expect(empty.sent.length).toBe(1);
    } finally {
      await empty.close();
    }
  });

  test("that Adobe does not find are none, unless it has found some before", async () => {
    const fault = { on: "users", status: 404, body: { result: "error.user.not_found", message: "" } };
    await sandbox.client.fault(fault);
    expect(await all(sandbox.reads().users())).toEqual([]);
    await sandbox.client.fault({ ...fault, after: 1 });
    expect(await failureOf(all(sandbox.reads().users()))).toMatchObject({ code: "read-refused", page: 1 });
  });

  test("past the end are the last page's, which Adobe sends again", async () => {
    expect(await emails(sandbox.reads().users({ fromPage: 9 }))).toEqual((await sandbox.everyone()).slice(-1));
    expect(sandbox.sent).toEqual([{ path: "users/org/9", pragma: null }]);
  });
});

describe("members of a group", () => {
  test.each(["TestGroup1", "Creative Cloud 1", "v2.1 beta", "R&D/Tools", "Grüße 日本"])(
    "called %j are read",
    async (name) => {
      if (name !== "TestGroup1" && name !== "Creative Cloud 1")
        await sandbox.act({ usergroup: name, do: [{ createUserGroup: { name } }] });
      await sandbox.act(member("ada@example.com", name));
      await sandbox.act(member("bob@example.com"));
      await sandbox.act(member("cy@example.com", name));
      const found = await all(sandbox.reads().members(name));
      expect(found.map(({ email, groups }) => ({ email, groups }))).toEqual([
        { email: "ada@example.com", groups: [name] },
        { email: "cy@example.com", groups: [name] },
      ]);
    },
  );

  test("may leave out their groups, and be active or inactive members of a profile", async () => {
    await sandbox.act(member("ada@example.com", "Creative Cloud 1"));
    const [ada] = await all(
      sandbox.reads().members("Creative Cloud 1", { excludeGroups: true, status: "active", directOnly: true }),
    );
    expect(ada).toMatchObject({ email: "ada@example.com" });
    expect(ada).not.toHaveProperty("groups");
    expect(await all(sandbox.reads().members("Creative Cloud 1", { status: "inactive" }))).toEqual([]);
    expect(sandbox.sent.map(({ path }) => path)).toEqual([
      "users/org/0/Creative%20Cloud%201?directOnly=true&status=active&excludeGroups=true",
      "users/org/0/Creative%20Cloud%201?status=inactive",
    ]);
  });

  test("through a user group are read where asked for", async () => {
    await sandbox.act(
      { usergroup: "TestGroup1", do: [{ add: { productConfiguration: ["Creative Cloud 1"] } }] },
      member("ada@example.com", "TestGroup1"),
    );
    expect(await emails(sandbox.reads().members("Creative Cloud 1"))).toEqual([]);
    expect(await emails(sandbox.reads().members("Creative Cloud 1", { directOnly: false }))).toEqual([
      "ada@example.com",
    ]);
  });

  test("that is not there fail, and a name that cannot be asked for fails without a request", async () => {
    expect(await failureOf(all(sandbox.reads().members("Nowhere")))).toMatchObject({ code: "group-not-found" });
    sandbox.sent.length = 0;
    for (const name of ["", ".", ".."])
      expect(await failureOf(all(sandbox.reads().members(name)))).toMatchObject({ code: "unusable-name" });
    expect(sandbox.sent).toEqual([]);
  });

  test.each(["testgroup1", "gru\u0308ße"])(
    "are the group's own where Adobe writes its name as %j",
    async (groupName) => {
      const body = { lastPage: true, result: "success", groupName, users: [{ email: "ada@example.com" }] };
      await sandbox.client.fault({ on: "users", status: 200, body });
      const asked = groupName === "testgroup1" ? "TestGroup1" : "Gr\u00fcße";
      expect(await emails(sandbox.reads().members(asked))).toEqual(["ada@example.com"]);
    },
  );

  test("are not another group's, should Adobe cut the name", async () => {
    const body = { lastPage: true, result: "success", groupName: "v2", users: [{ email: "eve@example.com" }] };
    await sandbox.client.fault({ on: "users", status: 200, body });
    expect(await failureOf(all(sandbox.reads().members("v2.1 beta")))).toMatchObject({ code: "another-group" });
  });
});

describe("one user", () => {
  test("is found by email, or by username with its domain, in any letter case", async () => {
    const create = { email: "Ray@example.com", firstname: "Ray", lastname: "Roe", country: "US" };
    await sandbox.act({ user: "ray", domain: "example.com", do: [{ createFederatedID: create }] });
    const byEmail = await sandbox.reads().user({ user: "RAY@example.com" });
    expect(byEmail).toMatchObject({ email: "Ray@example.com", username: "ray", type: "federatedID" });
    expect(byEmail).not.toHaveProperty("groups");
    expect(await sandbox.reads().user({ user: "Ray", domain: "example.com" })).toEqual(byEmail);
  });

  test("that is not there is undefined, and one without a name fails without a request", async () => {
    expect(await sandbox.reads().user({ user: "nobody@example.com" })).toBeUndefined();
    expect(await failureOf(sandbox.reads().user({ user: ".." }))).toMatchObject({ code: "unusable-name" });
  });
});

describe("groups and profiles", () => {
  beforeEach(async () => {
    await sandbox.close();
    sandbox = await ReadingSandbox.start({ pageSize: 2 });
  });

  test("are read with what applies to each", async () => {
    await sandbox.act(member("ada@example.com", "TestGroup1", "_admin_TestGroup1"));
    const groups = await all(sandbox.reads().groups());
    expect(groups).toContainEqual({
      type: "USER_GROUP",
      groupName: "TestGroup1",
      memberCount: 1,
      groupId: expect.any(Number),
      adminGroupName: "_admin_TestGroup1",
    });
    expect(groups).toContainEqual(
      expect.objectContaining({ type: "PRODUCT_PROFILE", groupName: "Creative Cloud 1", memberCount: 0 }),
    );
    expect(groups).toContainEqual({
      type: "CONTRACT_ADMIN_GROUP",
      groupName: "5A9DB8F0_CONTRACT_GROUP",
      memberCount: 0,
      groupId: expect.any(Number),
      contractName: "ETLA - 5A9DB8F0",
    });
    expect(groups.length).toBe(7);
  });

  test("past the end are none", async () => {
    expect(await all(sandbox.reads().groups({ fromPage: 9 }))).toEqual([]);
  });
});
