import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { secretId } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { LogWatch } from "./log-watch.ts";
import { accepted, allOperations, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;
let log: LogWatch;
/** What was logged for people to find the cause by. */
let logged: string[];

beforeEach(async () => {
  // Powertools writes to the console that a test can listen to.
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
  logged = [];
  log = new LogWatch(credentials, (line) => logged.push(line()));
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => {
  world.stop();
  log.stop();
  vi.unstubAllEnvs();
});

const hour = 60 * 60;
const user = "ada@example.com";
const secret = { SecretId: secretId };

/** The lane waits for the secret, and once it is `mended` the operation goes on, uncharged. */
async function expectToWait(mended: () => Promise<void>): Promise<void> {
  const [id = ""] = await accepted(world, create(user));
  await world.clock.advance(60_000);
  const waiting = { until: expect.any(String), reason: "credentials-unreadable" };
  expect(await operation(world, id)).toMatchObject({ status: "queued", attempts: 0, waiting });
  expect((await allOperations(world, "&status=queued")).map((each) => each.waiting?.reason)).toEqual([waiting.reason]);
  expect(logged.join("\n")).not.toContain("adobe-unavailable");
  await mended();
  await world.drain(hour);
  expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
  expect(log.violations).toEqual([]);
}

describe("A secret that AWS does not give out makes the lane wait for it, by AWS's own name in the log:", () => {
  test.each([
    ["AccessDeniedException", 400],
    ["ResourceNotFoundException", 400],
    ["DecryptionFailure", 400],
    ["InvalidRequestException", 400],
    ["KMSAccessDeniedException", 400],
    ["ThrottlingException", 400],
    ["InternalServiceError", 500],
  ])("%s", async (code, status) => {
    const message = `User: arn:aws:sts::1:assumed-role/x is not authorized for ${user}`;
    const stop = world.secrets.refuse({ action: "GetSecretValue", code, status, message, times: 1_000_000 });
    await expectToWait(async () => stop());
    expect(logged).toContain(
      `log: no token reason: The secret with Adobe's credentials could not be read: ${code}., awsError: ${code}`,
    );
    expect(logged).toContainEqual(
      expect.stringMatching(/^log: lane blocked reason: credentials-unreadable, failures: 1/),
    );
  });
});

describe("A secret without usable credentials makes the lane wait, and the log says what is wrong with it:", () => {
  const put = (value: unknown) => async () =>
    world.putSecretText(typeof value === "string" ? value : JSON.stringify(value));
  const recreated = (value: object) => async () => {
    await world.secrets.handle("DeleteSecret", { ...secret, ForceDeleteWithoutRecovery: true });
    await world.secrets.handle("CreateSecret", { Name: secretId, ...value });
  };
  test.each<[string, () => Promise<unknown>, RegExp]>([
    ["as the stack creates it, without a value", recreated({}), /ResourceNotFoundException/],
    [
      "deleted",
      () => world.secrets.handle("DeleteSecret", { ...secret, ForceDeleteWithoutRecovery: true }),
      /ResourceNotFoundException/,
    ],
    ["of bytes", recreated({ SecretBinary: "AP8=" }), /holds bytes/],
    ["empty", put(""), /not a JSON object/],
    ["no JSON", put("orgId=1@AdobeOrg"), /not a JSON object/],
    ["a password that AWS generated", put("k3}|Q~pX0"), /not a JSON object/],
    ["a list", put([]), /not a JSON object/],
    ["with wrong fields", put({ user: "x", password: "y" }), /orgId, clientId, clientSecret/],
    ["with an empty field", put({ ...{ orgId: "1@AdobeOrg", clientId: "x" }, clientSecret: "" }), /for: clientSecret/],
    ["the console's form without a secret", put({ CLIENT_ID: "x", ORG_ID: "1@AdobeOrg" }), /CLIENT_SECRETS/],
  ])("%s", async (_, spoil, reason) => {
    await spoil();
    await expectToWait(recreated({ SecretString: JSON.stringify(credentials) }));
    expect(logged).toContainEqual(expect.stringMatching(new RegExp(`^log: no token .*${reason.source}`)));
  });
});

test("Credentials that Adobe refuses are another matter", async () => {
  await world.putSecret("p8e-wrong");
  const [id = ""] = await accepted(world, create(user));
  await world.clock.advance(60_000);
  expect(await operation(world, id)).toMatchObject({ waiting: { reason: "credentials-refused" } });
});
