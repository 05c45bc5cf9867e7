import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const set = (body: unknown) =>
  fetch(`${sandbox.url}/_sandbox/records`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const read = async (path: string) => {
  const response = await fetch(`${sandbox.url}/records/${path}`);
  return [response.status, response.status === 200 ? await response.json() : undefined];
};

test.each([
  ["a plain id", "5", "bamboohr/5"],
  ["a number", 5, "bamboohr/5"],
  ["an id with a slash and a space", "a/b c", "bamboohr/a%2Fb%20c"],
])("A record is read as it was set, by %s, until it is gone", async (_, id, path) => {
  expect(await read(path)).toEqual([404, undefined]);
  await set({ source: "bamboohr", id, record: { workEmail: "ada@example.com" } });
  expect(await read(path)).toEqual([200, { workEmail: "ada@example.com" }]);
  expect(await read(path.replace("bamboohr", "hibob"))).toEqual([404, undefined]);
  await set({ source: "bamboohr", id, record: null });
  expect(await read(path)).toEqual([404, undefined]);
});

test.each([
  ["no object", [], /body/],
  ["no source", { id: "1", record: {} }, /source/],
  ["no id", { source: "a", id: {}, record: {} }, /id/],
  ["no record", { source: "a", id: "1" }, /record/],
  ["an unknown key", { source: "a", id: "1", record: {}, more: 1 }, /more/],
])("A record with %s is refused by its field", async (_, body, message) => {
  const response = await set(body);
  expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(message)]);
});

test("A fault on the record is met by reads alone, and reset forgets all records", async () => {
  await set({ source: "a", id: "1", record: {} });
  await sandbox.fault({ on: "record", status: 503, retryAfter: 60, times: 2 });
  expect((await read("a/1"))[0]).toBe(503);
  const response = await fetch(`${sandbox.url}/records/a/1`);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "60"]);
  expect(await read("a/1")).toEqual([200, {}]);
  expect(await sandbox.statuses()).toEqual([503, 503, 200]);
  await sandbox.reset();
  expect(await read("a/1")).toEqual([404, undefined]);
});
