import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { enterprise, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.act([enterprise("ada@example.com"), enterprise("bob@example.com")]);
});

const on = (usergroup: string, ...steps: readonly object[]) => ({ usergroup, do: steps });

async function succeeds(...commands: readonly object[]): Promise<void> {
  for (const command of commands) expect((await sandbox.act([command])).body).toMatchObject({ result: "success" });
}
async function fails(command: object, errorCode: string, step = 0): Promise<void> {
  expect((await sandbox.act([command])).body).toMatchObject({
    result: "error",
    errors: [{ index: 0, step, errorCode }],
  });
}
const group = (groupName: string, rest: object = {}) => expect.objectContaining({ groupName, ...rest });

test("a new organisation has a user group, a profile, a contract and the fixed admin groups", async () => {
  expect(await sandbox.look("groups")).toMatchObject([
    { groupName: "_org_admin", type: "SYSADMIN_GROUP", memberCount: 0 },
    { groupName: "_support_admin", type: "SUPPORT_ADMIN_GROUP" },
    { groupName: "_deployment_admin", type: "DEPLOYMENT_ADMIN_GROUP" },
    { groupName: "TestGroup1", type: "USER_GROUP" },
    { groupName: "Creative Cloud 1", type: "PRODUCT_PROFILE" },
    { groupName: "5A9DB8F0_CONTRACT_GROUP", type: "CONTRACT_ADMIN_GROUP", contractName: "ETLA - 5A9DB8F0" },
  ]);
});

test.each(["5A9DB8F0_CONTRACT_GROUP", "_admin_5A9DB8F0_CONTRACT_GROUP"])(
  "an administrator of a contract is had by the name %s",
  async (name) => {
    const contract = group("5A9DB8F0_CONTRACT_GROUP", {
      memberCount: 1,
      adminGroupName: "_admin_5A9DB8F0_CONTRACT_GROUP",
    });
    await succeeds({ user: "ada@example.com", do: [{ add: { group: [name] } }] });
    expect(await sandbox.look("groups")).toContainEqual(contract);
    await succeeds({ user: "ada@example.com", do: [{ remove: { group: [name] } }] });
    expect(await sandbox.look("groups")).not.toContainEqual(contract);
    await fails(on(name, { add: { user: ["ada@example.com"] } }), "error.usergroup.not_found");
  },
);

describe("the life of a group", () => {
  test("created with members, renamed, deleted", async () => {
    const create = { createUserGroup: { name: "ignored", description: "People" } };
    await succeeds(on("Crew", create, { add: { user: ["ada@example.com", "BOB@example.com"] } }));
    expect(await sandbox.look("groups")).toContainEqual(group("Crew", { type: "USER_GROUP", memberCount: 2 }));
    await succeeds(on("crew", { updateUserGroup: { name: "Team" } }, { remove: { user: ["bob@example.com"] } }));
    expect(await sandbox.look("users")).toContainEqual(
      expect.objectContaining({ email: "ada@example.com", groups: ["Team"] }),
    );
    await fails(on("Crew", { deleteUserGroup: {} }), "error.usergroup.not_found");
    await succeeds(on("Team", { deleteUserGroup: {} }));
    expect(await sandbox.look("users")).toMatchObject([{ groups: [] }, { groups: [] }]);
  });

  test.each(["ignoreIfAlreadyExists", "updateIfAlreadyExists"])(
    "created again with %s goes on to the next step",
    async (option) => {
      await succeeds(on("TestGroup1", { createUserGroup: { option } }, { add: { user: ["ada@example.com"] } }));
      expect(await sandbox.look("groups")).toContainEqual(group("TestGroup1", { memberCount: 1 }));
    },
  );

  test.each([
    [{ option: "ignoreIfAlreadyExists", description: "new" }, "old"],
    [{ option: "updateIfAlreadyExists", description: "new" }, "new"],
    [{ option: "updateIfAlreadyExists" }, "old"],
  ])("created again with %o is described as %s", async (fields, description) => {
    await succeeds(on("Crew", { createUserGroup: { description: "old" } }), on("Crew", { createUserGroup: fields }));
    expect(await sandbox.look("groups")).toContainEqual(group("Crew", { description }));
  });

  test("takes its admins along", async () => {
    await succeeds({ user: "ada@example.com", do: [{ add: { group: ["_admin_TestGroup1"] } }] });
    expect(await sandbox.look("groups")).toContainEqual(group("TestGroup1", { adminGroupName: "_admin_TestGroup1" }));
    await succeeds(on("TestGroup1", { updateUserGroup: { name: "Team" } }));
    expect(await sandbox.look("groups")).toContainEqual(
      group("_admin_Team", { type: "USER_ADMIN_GROUP", userGroupName: "Team" }),
    );
    await succeeds(on("Team", { deleteUserGroup: {} }));
    expect(await sandbox.look("users")).toMatchObject([{ groups: [] }, { groups: [] }]);
  });

  test("has no admin group to show while it has no admins, though its members may be asked for", async () => {
    expect((await sandbox.get("users/A495E53@AdobeOrg/0/_admin_TestGroup1")).body).toMatchObject({ users: [] });
    expect(JSON.stringify(await sandbox.look("groups"))).not.toContain("_admin_TestGroup1");
  });

  test("may change the letter case of its name", async () => {
    await succeeds(on("TestGroup1", { updateUserGroup: { name: "TESTGROUP1" } }));
    expect(await sandbox.look("groups")).toContainEqual(group("TESTGROUP1"));
  });
});

describe("members of a group", () => {
  test("that are there already, all of them, are an error", async () => {
    const addAda = on("TestGroup1", { add: { user: ["ada@example.com"] } });
    await succeeds(addAda);
    await fails(addAda, "error.usergroup.user_list.invalid");
    await succeeds(on("TestGroup1", { add: { user: ["ada@example.com", "bob@example.com"] } }));
  });

  test("come all or not at all", async () => {
    await fails(
      on("TestGroup1", { add: { user: ["ada@example.com"], productConfiguration: ["Nowhere"] } }),
      "error.group.not_found",
    );
    expect(await sandbox.look("groups")).toContainEqual(group("TestGroup1", { memberCount: 0 }));
  });

  test("have the group's profiles, which a read shows on demand", async () => {
    await succeeds(
      on("TestGroup1", { add: { user: ["ada@example.com"], productConfiguration: ["Creative Cloud 1"] } }),
    );
    const members = async (query: string) =>
      (await sandbox.get(`users/A495E53@AdobeOrg/0/Creative%20Cloud%201${query}`)).body;
    expect(await members("")).toMatchObject({ users: [] });
    expect(await members("?directOnly=false")).toMatchObject({
      users: [{ groups: ["TestGroup1", "Creative Cloud 1"] }],
    });
    await succeeds(on("TestGroup1", { remove: { productConfiguration: ["Creative Cloud 1"] } }));
    expect(await members("?directOnly=false")).toMatchObject({ users: [] });
  });
});

describe("an organisation that starts with people", () => {
  let populated: RunningSandbox;
  beforeAll(async () => {
    populated = await RunningSandbox.start({ users: 4 });
  });
  afterAll(() => populated.close());
  const act = async (command: object) => (await populated.act([command])).body;

  test.each([
    ["update", { updateUserGroup: { name: "Ours" } }],
    ["add_user", { add: { user: ["alan.abbott@example.com"] } }],
    ["remove_user", { remove: { user: ["ben.abbott@example.com"] } }],
    ["remove", { deleteUserGroup: {} }],
  ])("has a group that another one shares, which allows no %s", async (what, step) => {
    expect(await act(on("Agency Partners", step))).toMatchObject({
      errors: [{ index: 0, step: 0, errorCode: `error.usergroup.readonly.${what}_not_allowed` }],
    });
  });

  test("may give profiles to the shared group, which has a member", async () => {
    expect(await populated.look("groups")).toContainEqual(group("Agency Partners", { memberCount: 1 }));
    expect(await act(on("Agency Partners", { add: { productConfiguration: ["Creative Cloud 1"] } }))).toMatchObject({
      result: "success",
    });
    expect(await act(on("Agency Partners", { remove: { productConfiguration: ["Creative Cloud 1"] } }))).toMatchObject({
      result: "success",
    });
  });

  test("keeps its system administrator when that leaves every group", async () => {
    const user = "ada.abbott@example.com";
    expect(await act({ user, do: [{ remove: "all" }] })).toMatchObject({ result: "success" });
    expect(await populated.look("users")).toContainEqual(
      expect.objectContaining({ email: user, groups: ["_org_admin"] }),
    );
    expect(await populated.look("groups")).toContainEqual(group("_org_admin", { memberCount: 1 }));
  });
});
