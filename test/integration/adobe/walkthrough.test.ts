import { afterAll, beforeAll, expect, test } from "vitest";
import samples from "../../fixtures/walkthrough.json" with { type: "json" };
import { RunningSandbox, SUCCESS } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start({ rate: { requests: 10, seconds: 60 } });
});
afterAll(() => sandbox.close());

test.each(Object.entries(samples))("the walkthrough's %s succeeds", async (_, commands) => {
  const { status, body } = await sandbox.act(commands);
  expect(status).toBe(200);
  expect(body).toEqual({ ...SUCCESS, completed: commands.length, completedInTestMode: 0 });
});

test("afterwards the organisation holds who was created and not removed", async () => {
  expect(await sandbox.look("users")).toMatchObject([
    { email: "jane.roe@example.com", type: "enterpriseID", firstname: "Jane", country: "US", groups: [] },
    { email: "mary.major@example.com", type: "federatedID", firstname: "M", lastname: "M", groups: [] },
    { email: "rmiles@example.com", username: "rmiles", domain: "example.com", type: "federatedID" },
    { email: "carla.coe@example.com", groups: ["TestGroup1", "Creative Cloud 1"], status: "active" },
    { email: expect.stringMatching(/^(first|second)\.user@example\.com$/) },
    { email: expect.stringMatching(/^(first|second)\.user@example\.com$/) },
  ]);
});
