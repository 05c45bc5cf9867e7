import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adobeID, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

/** Which emails Adobe takes: those of plain ASCII, as its client found when it was told otherwise by the server. */

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
  await sandbox.act([enterprise("ada@example.com")]);
});
afterAll(() => sandbox.close());

const update = (email: string) => ({ user: "ada@example.com", do: [{ update: { email } }] });
const username = (email: string) => ({ ...federated(email), user: "lech", domain: "example.com" });

const illegal = [
  "lwałęsa@example.com",
  "aé.test@example.com",
  "jürgen@example.com",
  "李@example.com",
  "ada@exämple.com",
  "аda@example.com",
  "ada\u200B@example.com",
  "ada.@example.com",
  ".ada@example.com",
  "ada..able@example.com",
  '"ada"@example.com',
  "ada(work)@example.com",
  "<ada@example.com>",
  "mailto:ada@example.com",
  "ada;bob@example.com",
  "ada,bob@example.com",
  "ada @example.com",
  "ada@example",
  "ada@example..com",
  "ada@exa_mple.com",
  "ada@bob@example.com",
  "@example.com",
];

describe.each(illegal)("the email %j", (email) => {
  test.each([
    ["an Adobe ID", adobeID],
    ["an enterprise ID", enterprise],
    ["a federated ID", federated],
    ["a federated ID with a username", username],
    ["an update", update],
  ])("is refused for %s", async (_, command) => {
    const expected = { errors: [{ index: 0, step: 0, errorCode: "error.user.email.invalid" }] };
    expect((await sandbox.act([command(email)])).body).toMatchObject(expected);
  });
});

test.each([
  "o'brien@example.com",
  "ada+test@example.com",
  "a.b-c_d@example.com",
  "!#$%&*/=?^`{|}~@example.com",
  "4711@example.com",
  "a@example.com",
])("the email %j is lawful", async (email) => {
  expect((await sandbox.act([enterprise(email)])).body).toMatchObject({ result: "success" });
});

test("names may be written as they are", async () => {
  const email = "lwalesa@example.com";
  const create = { createFederatedID: { email, firstname: "Lech", lastname: "Wałęsa", country: "PL" } };
  expect((await sandbox.act([{ user: email, do: [create] }])).body).toMatchObject({ result: "success" });
  expect(await sandbox.look("users")).toContainEqual(expect.objectContaining({ email, lastname: "Wałęsa" }));
});
