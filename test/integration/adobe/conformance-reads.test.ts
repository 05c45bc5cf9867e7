import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentials, enterprise, RunningSandbox } from "./running-sandbox.ts";

const { orgId } = credentials;
const PEOPLE = 4100;
let sandbox: RunningSandbox;
beforeAll(async () => {
  const unlimited = { requests: 1000, seconds: 1 };
  sandbox = await RunningSandbox.start({ users: PEOPLE, usersRate: unlimited, groupsRate: unlimited });
  const profile = { add: { group: ["Creative Cloud 1", "_product_admin_Creative Cloud 1"] } };
  await sandbox.act([
    enterprise("direct@example.com", profile),
    enterprise("through@example.com"),
    { usergroup: "v1.2 team", do: [{ createUserGroup: {} }] },
  ]);
  await sandbox.act([
    {
      usergroup: "v1.2 team",
      do: [{ add: { user: ["through@example.com"], productConfiguration: ["Creative Cloud 1"] } }],
    },
  ]);
  await sandbox.act([
    { user: "through@example.com", do: [{ add: { group: ["_admin_v1.2 team", "_developer_Creative Cloud 1"] } }] },
  ]);
});
afterAll(() => sandbox.close());

const HEADERS = ["x-total-count", "x-page-count", "x-current-page", "x-page-size"];
const paging = ({ headers }: { headers: Headers }) => HEADERS.map((name) => Number(headers.get(name)));
const users = (path: string) => sandbox.get(`users/${orgId}/${path}`);

function list(body: unknown, key: "users" | "groups"): readonly Readonly<Record<string, unknown>>[] {
  return JSON.parse(JSON.stringify(body))[key];
}
const emails = (body: unknown) => list(body, "users").map(({ email }) => email);

describe("pages of users", () => {
  test.each([
    ["0", false, [PEOPLE + 2, 3, 0, 2000]],
    ["1", false, [PEOPLE + 2, 3, 1, 2000]],
    ["2", true, [PEOPLE + 2, 3, 2, 102]],
    ["7", true, [PEOPLE + 2, 3, 2, 102]],
    ["2/", true, [PEOPLE + 2, 3, 2, 102]],
  ])("page %s says so in its body and its headers", async (page, lastPage, headers) => {
    const answer = await users(page);
    expect(answer.body).toMatchObject({ lastPage, result: "success" });
    expect(paging(answer)).toEqual(headers);
    expect(list(answer.body, "users")).toHaveLength(headers[3] ?? 0);
  });

  test("together hold everyone once, in the same order each time", async () => {
    const seen = (await Promise.all(["0", "1", "2"].map(users))).flatMap(({ body }) => emails(body));
    expect(new Set(seen).size).toBe(PEOPLE + 2);
    expect((await Promise.all(["0", "1", "2"].map(users))).flatMap(({ body }) => emails(body))).toEqual(seen);
  });

  test("show no one who has left, and who came since at the end", async () => {
    const [, , , person] = emails((await users("0")).body);
    await sandbox.act([{ user: person, do: [{ removeFromOrg: {} }] }]);
    await sandbox.act([enterprise(String(person))]);
    for (const query of ["", "?domain=example.com"]) {
      expect(emails((await users(`0${query}`)).body)).not.toContain(person);
      expect(emails((await users(`2${query}`)).body).at(-1)).toBe(person);
    }
  });

  test("of one domain count that domain", async () => {
    const answer = await users("0?domain=example.org");
    expect(paging(answer)).toEqual([410, 1, 0, 410]);
    expect(new Set(list(answer.body, "users").map(({ type }) => type))).toEqual(new Set(["adobeID"]));
    expect((await users("0?domain=nowhere.example")).body).toEqual({ lastPage: true, result: "success", users: [] });
  });
});

describe("who has a profile through a user group", () => {
  test.each([
    ["", ["direct@example.com"]],
    ["?directOnly=True", ["direct@example.com"]],
    ["?directOnly=false", ["direct@example.com", "through@example.com"]],
    ["?directOnly=false&status=active", ["direct@example.com", "through@example.com"]],
    ["?directOnly=false&status=inactive", []],
  ])("appears as asked with '%s'", async (query, expected) => {
    const answer = await users(`0/Creative%20Cloud%201${query}`);
    expect(answer.body).toMatchObject({ lastPage: true, result: "success", groupName: "Creative Cloud 1" });
    expect(emails(answer.body)).toEqual(expected);
    expect(paging(answer)).toEqual([expected.length, 1, 0, expected.length]);
  });

  test("shows the profile among the groups only with directOnly=false", async () => {
    const groups = async (query: string) =>
      list((await users(`0/v1%2E2%20team${query}`)).body, "users").map((user) => user["groups"]);
    const direct = ["v1.2 team", "_admin_v1.2 team", "_developer_Creative Cloud 1"];
    expect(await groups("")).toEqual([direct]);
    expect(await groups("?directOnly=false")).toEqual([[...direct, "Creative Cloud 1"]]);
    expect(await groups("?excludeGroups=true")).toEqual([undefined]);
  });

  test("comes and goes with the group and its members", async () => {
    await sandbox.act([{ usergroup: "Passing", do: [{ createUserGroup: {} }] }]);
    const give = { add: { user: ["through@example.com"], productConfiguration: ["Photoshop - 2Gb"] } };
    await sandbox.act([{ usergroup: "Passing", do: [give] }]);
    const members = async () => emails((await users("0/Photoshop%20-%202Gb?directOnly=false")).body);
    expect(await members()).toContain("through@example.com");
    await sandbox.act([{ usergroup: "Passing", do: [{ add: { user: ["direct@example.com"] } }] }]);
    expect(await members()).toContain("direct@example.com");
    await sandbox.act([{ usergroup: "Passing", do: [{ deleteUserGroup: {} }] }]);
    expect(await members()).not.toContain("through@example.com");
  });
});

test("a profile with more members than licences has inactive ones", async () => {
  const count = async (status: string) => paging(await users(`0/Photoshop%20-%202Gb?status=${status}`))[0] ?? 0;
  const [all, active, inactive] = [await count(""), await count("active"), await count("inactive")];
  expect([active, inactive]).toEqual([PEOPLE / 20, all - PEOPLE / 20]);
  expect(inactive).toBeGreaterThan(0);
});

describe("the name of a group in the path", () => {
  const found = { status: 200, body: { groupName: "v1.2 team" } };
  test.each<[string, string, object]>([
    ["with its dot encoded is whole", "v1%2E2%20team", found],
    ["in another letter case is the same", "V1%2e2%20TEAM", found],
    [
      "with a bare dot is cut there",
      "v1.2%20team",
      { status: 404, body: { lastPage: false, result: "error.group.not_found", message: "Not found: v1" } },
    ],
    ["is cut at the last dot", "U.S.FinanceOperations", { status: 404, body: { message: "Not found: U.S" } }],
    ["cut to nothing is invalid", ".net", { status: 400, body: { result: "error.group.invalid_name" } }],
    ["too long is invalid", "x".repeat(256), { status: 400, body: { result: "error.group.invalid_name" } }],
    ["may be of a fixed admin group", "_org_admin", { status: 200, body: { groupName: "_org_admin" } }],
    [
      "may be of an admin group that nobody is in",
      "_developer_Default%20Acrobat%20Pro",
      { status: 200, body: { users: [] } },
    ],
  ])("%s", async (_, name, answer) => {
    expect(await users(`0/${name}`)).toMatchObject(answer);
  });

  test("may be its id", async () => {
    const { groupId } = list(await groupList(), "groups").find(({ groupName }) => groupName === "v1.2 team") ?? {};
    expect(await users(`0/${groupId}`)).toMatchObject(found);
    expect((await users("0/999999")).status).toBe(404);
  });
});

const groupList = async () => (await sandbox.get(`groups/${orgId}/0`)).body;

describe("the list of groups", () => {
  test.each([
    { type: "SYSADMIN_GROUP", groupName: "_org_admin", memberCount: 1 },
    { type: "SUPPORT_ADMIN_GROUP", groupName: "_support_admin", memberCount: 1 },
    { type: "DEPLOYMENT_ADMIN_GROUP", groupName: "_deployment_admin", memberCount: 1 },
    { type: "USER_GROUP", groupName: "TestGroup1", memberCount: 0 },
    { type: "USER_GROUP", groupName: "v1.2 team", memberCount: 1, adminGroupName: "_admin_v1.2 team" },
    { type: "USER_ADMIN_GROUP", groupName: "_admin_v1.2 team", memberCount: 1, userGroupName: "v1.2 team" },
    {
      type: "PRODUCT_PROFILE",
      groupName: "Photoshop - 2Gb",
      memberCount: PEOPLE / 10,
      adminGroupName: "_admin_Photoshop - 2Gb",
      productName: "Photoshop",
      licenseQuota: String(PEOPLE / 20),
    },
    {
      type: "PROFILE_ADMIN_GROUP",
      groupName: "_admin_Photoshop - 2Gb",
      memberCount: 1,
      productProfileName: "Photoshop - 2Gb",
    },
    {
      type: "PRODUCT_ADMIN_GROUP",
      groupName: "_product_admin_Photoshop",
      memberCount: 1,
      productProfileName: "Photoshop",
      productName: "Photoshop",
    },
    {
      type: "DEVELOPER_GROUP",
      groupName: "_developer_Creative Cloud 1",
      memberCount: 1,
      productProfileName: "Creative Cloud 1",
    },
    {
      type: "CONTRACT_ADMIN_GROUP",
      groupName: "BCDEFA3F5A9DB8F0345B_CONTRACT_GROUP",
      memberCount: 1,
      adminGroupName: "_admin_BCDEFA3F5A9DB8F0345B_CONTRACT_GROUP",
      contractName: "VIP - BCDEFA3F5A9DB8F0345B",
    },
    {
      type: "CONTRACT_ADMIN_GROUP",
      groupName: "5A9DB8F0_CONTRACT_GROUP",
      memberCount: 0,
      contractName: "ETLA - 5A9DB8F0",
    },
  ])("shows $groupName, a $type, whole", async (group) => {
    expect(list(await groupList(), "groups")).toContainEqual({ ...group, groupId: expect.any(Number) });
  });
});
