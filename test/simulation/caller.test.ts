import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, create, operation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 3, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const role = "arn:aws:sts::123456789012:assumed-role/hr-operators/jane";
const user = "arn:aws:iam::123456789012:user/jane";
/** AWS: what an HTTP API hands on with payload format 2.0, for requests signed with Signature Version 4. */
const signed = (userArn: string) => ({
  iam: {
    accessKey: "ASIAEXAMPLEEXAMPLE",
    accountId: "123456789012",
    callerId: "AROAEXAMPLE:jane",
    cognitoIdentity: null,
    principalOrgId: "o-exampleorg",
    userArn,
    userId: "AROAEXAMPLE:jane",
  },
});
/** AWS: all claims are texts; scopes are null where a route asks for none. */
const token = (claims: Readonly<Record<string, string>>) => ({
  jwt: { claims: { iss: "https://idp.example.com", exp: "1767606000", ...claims }, scopes: null },
});

describe("Who canceled or paused is told as the API's authorizer names them", () => {
  test.each([
    ["a role of AWS", signed(role), role],
    ["a user of AWS", signed(user), user],
    ["the subject of a token", token({ sub: "auth0|jane", aud: "umapi-workers" }), "auth0|jane"],
    ["the client of a token without a subject", token({ client_id: "hr-system", token_use: "access" }), "hr-system"],
    ["an authorizer of one's own", { lambda: { principalId: "jane", department: "HR" } }, "jane"],
  ])("%s", async (_, authorizer, name) => {
    const pause = await world.api.operate("lane/pause", authorizer);
    expect(pause).toMatchObject({ status: 200, body: { paused: { by: name } } });
    const ids = await accepted(world, users(2).map(create));
    const [one = "", other = ""] = ids;
    expect(await world.api.operate(`operations/${one}/cancel`, authorizer)).toMatchObject({
      status: 200,
      body: { status: "canceled", canceledBy: name },
    });
    await world.api.operate(`calls/${other.split("-", 1)[0]}/cancel`, authorizer);
    for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "canceled", canceledBy: name });
  });

  test.each([
    ["nobody authorizes", undefined],
    ["the authorizer names nobody", { lambda: null }],
    ["the authorizer tells something else", { lambda: { department: "HR" } }],
    ["a token says nothing", token({})],
  ])("and nobody is, where %s", async (_, authorizer) => {
    const { status, body } = await world.api.operate("lane/pause", authorizer);
    expect({ status, body }).toMatchObject({ status: 200, body: { paused: {} } });
    expect(body).not.toHaveProperty("paused.by");
    const [id = ""] = await accepted(world, create("ada@example.com"));
    expect((await world.api.operate(`operations/${id}/cancel`, authorizer)).status).toBe(200);
    expect(await operation(world, id)).not.toHaveProperty("canceledBy");
  });
});
