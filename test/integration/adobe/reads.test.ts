import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adobeID, credentials, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

const { orgId } = credentials;
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start({ pageSize: 2 });
  for (const name of ["first", "second"]) await sandbox.act([enterprise(`${name}@example.com`)]);
  await sandbox.act([enterprise("Ada@example.com", { add: { group: ["TestGroup1", "_support_admin"] } })]);
  await sandbox.act([{ ...federated("ray@example.com"), user: "ray", domain: "example.com" }]);
  await sandbox.act([adobeID("ida@example.org", { add: { group: ["TestGroup1"] } })]);
});
afterAll(() => sandbox.close());

const pageHeaders = ({ headers }: { headers: Headers }) =>
  ["x-total-count", "x-page-count", "x-current-page", "x-page-size"].map((name) => Number(headers.get(name)));

describe("the list of users", () => {
  test("comes in pages", async () => {
    const first = await sandbox.get(`users/${orgId}/0`);
    expect(first.body).toMatchObject({
      lastPage: false,
      result: "success",
      users: [{ email: "first@example.com" }, { email: "second@example.com" }],
    });
    expect(pageHeaders(first)).toEqual([5, 3, 0, 2]);
  });

  test("answers a page past the end with the last", async () => {
    const last = await sandbox.get(`users/${orgId}/99`);
    expect(last.body).toMatchObject({ lastPage: true, users: [{ email: "ida@example.org" }] });
    expect(pageHeaders(last)).toEqual([5, 3, 2, 1]);
  });

  test("may be of one domain", async () => {
    expect((await sandbox.get(`users/${orgId}/0?domain=EXAMPLE.org`)).body).toMatchObject({
      lastPage: true,
      users: [{ email: "ida@example.org" }],
    });
  });

  test("may be of one group, without their groups if asked", async () => {
    const path = `users/${orgId}/0/TestGroup1`;
    expect((await sandbox.get(`${path}?directOnly=True`)).body).toMatchObject({
      groupName: "TestGroup1",
      users: [{ email: "Ada@example.com", groups: ["TestGroup1", "_support_admin"] }, { email: "ida@example.org" }],
    });
    expect(JSON.stringify((await sandbox.get(`${path}?excludeGroups=true`)).body)).not.toContain("groups");
  });

  test("of a group that is not there is 404, of an admin group without admins empty", async () => {
    expect(await sandbox.get(`users/${orgId}/0/Nowhere`)).toMatchObject({
      status: 404,
      body: { result: "error.group.not_found" },
    });
    expect((await sandbox.get(`users/${orgId}/0/_admin_TestGroup1`)).body).toMatchObject({ lastPage: true, users: [] });
  });
});

describe("one user", () => {
  const get = (userString: string, query = "") => sandbox.get(`organizations/${orgId}/users/${userString}${query}`);

  test("is found by email whatever its letter case and shown as UMAPI shows one", async () => {
    expect((await get("ADA%40example.com")).body).toEqual({
      result: "success",
      user: {
        id: expect.any(String),
        email: "Ada@example.com",
        username: "Ada@example.com",
        domain: "example.com",
        firstname: "Ada",
        lastname: "Able",
        country: "US",
        type: "enterpriseID",
        status: "active",
        groups: ["TestGroup1", "_support_admin"],
      },
    });
  });

  test("is found by username and domain", async () => {
    expect((await get("RAY", "?domain=example.com")).body).toMatchObject({
      user: { username: "ray", email: "ray@example.com" },
    });
    expect((await get("ray@example.com", "?domain=example.com")).body).not.toHaveProperty("user.groups");
  });

  test("is not found among Adobe IDs if it is none", async () => {
    expect((await get("ida@example.org", "?domain=AdobeID")).status).toBe(200);
    expect((await get("ada@example.com", "?domain=adobeid")).status).toBe(404);
    expect((await get("ada@example.com", "?domain=AdobeID")).status).toBe(404);
  });

  test("that is not there is 404", async () => {
    expect(await get("nobody@example.com")).toMatchObject({
      status: 404,
      body: { result: "error.user.not_found", message: "User not found nobody@example.com" },
    });
  });
});

test("the list of groups comes in pages and ends with Not found", async () => {
  expect((await sandbox.get(`groups/${orgId}/1`)).body).toMatchObject({
    lastPage: false,
    result: "success",
    groups: [
      { groupName: "_deployment_admin", memberCount: 0 },
      { groupName: "TestGroup1", type: "USER_GROUP", memberCount: 2, groupId: expect.any(Number) },
    ],
  });
  expect((await sandbox.get(`groups/${orgId}/2`)).body).toMatchObject({
    lastPage: true,
    groups: [
      { groupName: "Creative Cloud 1", type: "PRODUCT_PROFILE", productName: "Creative Cloud 1" },
      { groupName: "5A9DB8F0_CONTRACT_GROUP", type: "CONTRACT_ADMIN_GROUP", contractName: "ETLA - 5A9DB8F0" },
    ],
  });
  expect((await sandbox.get(`groups/${orgId}/3`)).body).toEqual({ lastPage: true, result: "Not found" });
});
