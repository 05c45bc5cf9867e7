import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { credentials, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

let person = 0;
const act = () => sandbox.act([enterprise(`p${person++}@example.com`)]);
const emails = async () => JSON.stringify(await sandbox.look("users"));
const recorded = () => sandbox.statuses();

describe("a fault of status", () => {
  test.each([
    [{ status: 400 }, '{"result":"error.command.malformed","message":"Refused as asked"}', null],
    [{ status: 403, message: "migrating" }, '{"error_code":"403003","message":"migrating"}', null],
    [{ status: 429, retryAfter: 30 }, '{"error_code":"429050","message":"Too many requests"}', "30"],
    [{ status: 429, retryAfter: "Mon, 05 Jan 2026 09:00:30 GMT" }, /429050/, "Mon, 05 Jan 2026 09:00:30 GMT"],
    [{ status: 504 }, "", null],
    [{ status: 503, body: { errorCode: "x" }, retryAfter: "soon" }, '{"errorCode":"x"}', "soon"],
    [{ status: 502, body: "<html>", contentType: "text/html" }, "<html>", null],
    [{ status: 200, body: "{", contentType: "application/octet-stream" }, "{", null],
  ])("%o answers so and does nothing", async (fault, body, retryAfter) => {
    await sandbox.fault({ on: "action", ...fault });
    const response = await fetch(sandbox.actionUrl, { method: "POST" });
    expect(response.status).toBe(fault.status);
    expect(response.headers.get("retry-after")).toBe(retryAfter);
    if ("contentType" in fault) expect(response.headers.get("content-type")).toBe(fault.contentType);
    expect(await response.text()).toEqual(typeof body === "string" ? body : expect.stringMatching(body));
    expect(await recorded()).toEqual([fault.status]);
    expect((await act()).status).toBe(200);
  });

  test("401 carries Adobe's challenge", async () => {
    await sandbox.fault({ on: "action", status: 401 });
    const { status, headers } = await act();
    expect([status, headers.get("www-authenticate")]).toEqual([401, expect.stringContaining('realm="JIL"')]);
  });
});

describe("a cut connection", () => {
  test("by reset loses the request", async () => {
    await sandbox.fault({ on: "action", effect: "reset" });
    await expect(act()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(await sandbox.look("users")).toEqual([]);
    expect(await recorded()).toEqual([null]);
  });

  test("by applied-then-reset loses only the answer", async () => {
    await sandbox.fault({ on: "action", effect: "applied-then-reset" });
    await expect(act()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(await sandbox.look("users")).toHaveLength(1);
    expect(await recorded()).toEqual([null]);
  });

  test("by applied-then-reset does nothing for who may not ask", async () => {
    await sandbox.fault({ on: "action", effect: "applied-then-reset" });
    const body = JSON.stringify([enterprise("a@example.com")]);
    await expect(fetch(sandbox.actionUrl, { method: "POST", body })).rejects.toThrow("fetch failed");
    expect(await sandbox.look("users")).toEqual([]);
  });

  test("by hang is never answered, until one side gives up", async () => {
    await sandbox.fault({ on: "action", effect: "hang", times: 2 });
    const giveUp = new AbortController();
    const request = fetch(sandbox.actionUrl, { method: "POST", signal: giveUp.signal });
    const refused = expect(request).rejects.toThrow("enough");
    while ((await recorded()).length === 0);
    giveUp.abort(new Error("enough"));
    await refused;
    expect(await recorded()).toEqual([null]);
  });

  test("closing the sandbox ends a call left hanging at once", async () => {
    const other = await RunningSandbox.start();
    await other.fault({ on: "action", effect: "hang" });
    const refused = expect(fetch(other.actionUrl, { method: "POST" })).rejects.toThrow("fetch failed");
    while ((await other.statuses()).length === 0);
    await other.close();
    await refused;
  });
});

describe("which calls a fault befalls", () => {
  test("lets the first ones through and ends after its times", async () => {
    await sandbox.fault({ on: "action", status: 500, after: 2, times: 2 });
    const statuses = [];
    for (let n = 0; n < 5; n++) statuses.push((await act()).status);
    expect(statuses).toEqual([200, 200, 500, 500, 200]);
  });

  test("takes them in the order of the list", async () => {
    await sandbox.fault({ on: "action", status: 500 }, { on: "action", status: 503 });
    expect([(await act()).status, (await act()).status, (await act()).status]).toEqual([500, 503, 200]);
  });

  test("is a matter of the API", async () => {
    const { orgId } = credentials;
    await sandbox.fault(
      { on: "users", status: 501, times: 2 },
      { on: "groups", status: 502 },
      { on: "token", status: 503 },
    );
    expect((await act()).status).toBe(200);
    expect((await sandbox.get(`users/${orgId}/0`)).status).toBe(501);
    expect((await sandbox.get(`organizations/${orgId}/users/a@example.com`)).status).toBe(501);
    expect((await sandbox.get(`groups/${orgId}/0`)).status).toBe(502);
    expect((await fetch(`${sandbox.url}/ims/token/v2`, { method: "POST" })).status).toBe(503);
  });

  test("is replaced with the list and cleared with an empty one", async () => {
    await sandbox.fault({ on: "action", status: 500 });
    await sandbox.fault({ on: "action", status: 503 });
    expect((await act()).status).toBe(503);
    await sandbox.fault({ on: "action", status: 500 });
    await sandbox.fault();
    expect((await act()).status).toBe(200);
  });
});

describe("a fault of one command", () => {
  const ada = federated("ada@example.com", { add: { group: ["TestGroup1"] } });
  const bob = enterprise("bob@example.com");

  test("fails it with code, message and step; the steps before stand and the others are well", async () => {
    const error = { errorCode: "error.internal.add", message: "No luck", step: 1 };
    await sandbox.fault({ on: "action", command: { user: "ADA@example.com" }, ...error });
    expect((await sandbox.act([bob])).body).toMatchObject({ result: "success" });
    expect((await sandbox.act([ada, enterprise("cid@example.com")])).body).toMatchObject({
      result: "partial",
      completed: 1,
      errors: [{ index: 0, user: "ada@example.com", ...error }],
    });
    expect(await sandbox.look("users")).toHaveLength(3);
    expect(await sandbox.look("users")).toContainEqual(
      expect.objectContaining({ email: "ada@example.com", groups: [] }),
    );
    const again = { ...ada, do: ada.do.slice(1) };
    expect((await sandbox.act([again])).body).toMatchObject({ result: "success" });
  });

  test("without a step does nothing of it and names none", async () => {
    await sandbox.fault({ on: "action", command: { user: "bob@example.com" }, errorCode: "error.api.not_available" });
    const { body } = await sandbox.act([bob]);
    expect(body).toMatchObject({ result: "error", errors: [{ errorCode: "error.api.not_available" }] });
    expect(body).not.toHaveProperty("errors.0.step");
    expect(await sandbox.look("users")).toEqual([]);
  });

  test("may befall several commands of one request", async () => {
    const errorCode = "error.throttled_by_external_service";
    const fault = (user: string) => ({ on: "action", command: { user }, errorCode });
    await sandbox.fault(fault("ada@example.com"), fault("bob@example.com"));
    expect((await sandbox.act([ada, bob])).body).toMatchObject({
      notCompleted: 2,
      errors: [{ index: 0 }, { index: 1 }],
    });
    expect((await sandbox.act([ada, bob])).body).toMatchObject({ completed: 2 });
  });

  test("with a status refuses every request that holds it", async () => {
    await sandbox.fault({ on: "action", command: { usergroup: "testgroup1" }, status: 500, times: 2 });
    const group = { usergroup: "TestGroup1", do: [{ updateUserGroup: { description: "d" } }] };
    expect((await sandbox.act([bob])).status).toBe(200);
    expect((await sandbox.act([ada, group])).status).toBe(500);
    expect((await sandbox.act([group])).status).toBe(500);
    expect((await sandbox.act([ada, group])).status).toBe(200);
    expect(await emails()).toContain("ada@example.com");
  });
});

describe("a list of faults that cannot be understood", () => {
  test.each([
    [{ on: "nowhere", status: 500 }, "[0].on: must be"],
    [{ on: "action" }, "[0]: exactly one of status, effect and errorCode"],
    [{ on: "action", status: 500, effect: "reset" }, "[0]: exactly one of"],
    [{ on: "action", status: "500" }, "[0].status: must be an integer from 200 to 599"],
    [{ on: "action", status: 99 }, "[0].status: must be an integer from 200 to 599, not 99"],
    [{ on: "action", effect: "explode" }, '[0].effect: must be "reset", "hang" or "applied-then-reset"'],
    [{ on: "action", effect: "reset", retryAfter: 3 }, "[0].retryAfter: must be absent"],
    [{ on: "action", status: 429, retryAfter: -1 }, "[0].retryAfter: must be seconds"],
    [{ on: "action", status: 429, retryAfter: "1\n2" }, "[0].retryAfter: must be a header value"],
    [{ on: "action", status: 500, times: 0 }, "[0].times: must be an integer from 1 on"],
    [{ on: "action", status: 500, after: -1 }, "[0].after: must be an integer from 0 on"],
    [{ on: "action", status: 500, step: 1 }, "[0].step: must be absent"],
    [{ on: "action", errorCode: "error.x" }, "[0].command: must be present"],
    [{ on: "users", command: { user: "a" }, status: 500 }, "[0].command: must be absent"],
    [{ on: "action", command: { user: 7 }, status: 500 }, "[0].command: must be"],
    [{ on: "action", command: { user: "a", usergroup: "b" }, status: 500 }, "[0].command: must be"],
    [{ on: "action", status: 500, colour: "red" }, "[0].colour: unknown key"],
    ["nonsense", "[0]: must be an object"],
  ])("%o is refused and leaves the list as it was", async (fault, message) => {
    await sandbox.fault({ on: "action", status: 503 });
    const refused = await sandbox.fault(fault);
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining(message) } });
    expect((await act()).status).toBe(503);
  });

  test.each(["nonsense", "{}"])("so is the body %s", async (body) => {
    expect(await sandbox.ask("faults", body)).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });
});

describe("GET /_sandbox/faults", () => {
  const command = { user: "p@example.com" };

  test.each([
    [[]],
    [[{ on: "action", status: 429, retryAfter: 20, times: 1 }]],
    [[{ on: "users", status: 503, body: { any: "thing" }, contentType: "text/x", times: 2, after: 3 }]],
    [[{ on: "token", effect: "hang", times: 5 }]],
    [
      [
        { on: "action", command, errorCode: "error.user.nonexistent", step: 1, times: 2 },
        { on: "action", command: { usergroup: "TestGroup1" }, status: 500, message: "No", times: 1, after: 0 },
      ],
    ],
  ])("answers what was posted: %j", async (faults) => {
    await sandbox.fault(...faults);
    expect(await sandbox.look("faults")).toEqual(faults);
    // Posted once more, they are the same again.
    await sandbox.ask("faults", JSON.stringify(await sandbox.look("faults")));
    expect(await sandbox.look("faults")).toEqual(faults);
  });

  test("names how many calls a fault still befalls, also where that was left to its default", async () => {
    await sandbox.fault({ on: "action", status: 503 });
    expect(await sandbox.look("faults")).toEqual([{ on: "action", status: 503, times: 1 }]);
  });

  test("tells what is left of each, and nothing of those that are used up", async () => {
    const once = { on: "action", status: 503 };
    const later = { on: "action", status: 429, times: 2, after: 1 };
    const failing = { on: "action", command: { user: "kim@example.com" }, errorCode: "error.x", times: 3 };
    await sandbox.fault(once, later, failing);
    await act();
    expect(await sandbox.look("faults")).toEqual([later, failing]);
    await act();
    expect(await sandbox.look("faults")).toEqual([{ ...later, after: 0 }, failing]);
    await act();
    expect(await sandbox.look("faults")).toEqual([{ ...later, times: 1, after: 0 }, failing]);
    await act();
    await sandbox.act([enterprise("kim@example.com")]);
    expect(await sandbox.look("faults")).toEqual([{ ...failing, times: 2 }]);
    await sandbox.reset();
    expect(await sandbox.look("faults")).toEqual([]);
  });
});

describe("a POST to /_sandbox that is not JSON", () => {
  test.each([
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
    "text/plain, application/json",
    "application/jsonlines",
    "application/json+x",
    "",
  ])("is refused, and changes nothing: %j", async (contentType) => {
    await sandbox.fault({ on: "action", status: 503 });
    await sandbox.act([enterprise("kept@example.com")]);
    await sandbox.fault({ on: "users", status: 503 });
    for (const what of ["faults", "reset"] as const) {
      const { status, body } = await sandbox.ask(what, "[]", contentType);
      expect([status, body]).toEqual([415, { error: expect.stringContaining("Content-Type: application/json") }]);
    }
    expect(await recorded()).toEqual([503]);
    expect(await sandbox.look("faults")).toEqual([{ on: "users", status: 503, times: 1 }]);
  });

  test.each(["application/json", "Application/JSON", "application/json; charset=utf-8", "application/json ;x=y"])(
    "but %j is JSON",
    async (contentType) => {
      expect(await sandbox.ask("faults", "[]", contentType)).toMatchObject({ status: 200, body: { faults: 0 } });
    },
  );
});
