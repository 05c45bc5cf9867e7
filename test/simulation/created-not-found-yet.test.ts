import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, addTo, create, operation, sandboxUsers } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const hour = 60 * 60;
const user = "ada@example.com";
const joiner = (...steps: object[]) => ({ user, do: [...create(user).do, ...steps] });
const add = { add: { group: ["TestGroup1"] } };
const touch = { update: { lastname: "King" } };

/** Adobe does not find the account at these steps of the commands that it is sent, one after the other. */
async function missAt(...steps: number[]): Promise<void> {
  const command = { user };
  const faults = steps.map((step) => ({
    on: "action",
    command,
    errorCode: "error.user.nonexistent",
    message: "",
    step,
  }));
  await world.sandbox("faults", faults);
}

describe("An account that the same operation has created and Adobe does not find yet", () => {
  test("is waited for, behind the create", async () => {
    await missAt(1, 0);
    const [id = ""] = await accepted(world, joiner(add, touch));
    await world.clock.advance(5000);
    expect(world.ledger.row(id)).toMatchObject({ status: "queued", charges: 1, progress: { stepsDone: 1 } });
    expect(await operation(world, id)).toMatchObject({ status: "queued", waiting: { reason: "held" } });
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 2 });
    expect(await sandboxUsers(world)).toMatchObject([{ lastname: "King", groups: ["TestGroup1"] }]);
  });

  test("is waited for in a later slice", async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ update: { lastname: `King ${index}` } }));
    const [id = ""] = await accepted(world, joiner(...many));
    await missAt(9, 1);
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 2 });
    expect(await sandboxUsers(world)).toMatchObject([{ lastname: "King 11" }]);
  });

  test("fails its operation at the fourth time, and a retry goes on behind the create", async () => {
    await missAt(1, 0, 0, 0);
    const [id = ""] = await accepted(world, joiner(add));
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({
      status: "failed",
      attempts: 4,
      error: { code: "error.user.nonexistent", step: 1, certain: false },
    });
    expect(world.ledger.row(id)?.progress.stepsDone).toBe(1);
    const before = (await actionRequests(world)).length;
    await world.api.retry(id);
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect((await actionRequests(world)).length).toBe(before + 1);
    expect(await sandboxUsers(world)).toMatchObject([{ groups: ["TestGroup1"] }]);
  });

  test("keeps its place where its fourth charge is its first at that step", async () => {
    const failed = {
      on: "action",
      command: { user },
      errorCode: "error.internal.create_failed",
      message: "",
      step: 0,
      times: 3,
    };
    const missed = { on: "action", command: { user }, errorCode: "error.user.nonexistent", message: "", step: 1 };
    await world.sandbox("faults", [failed, missed]);
    const [id = ""] = await accepted(world, joiner(add));
    await world.drain(hour);
    expect(world.ledger.row(id)).toMatchObject({ status: "failed", charges: 4, progress: { stepsDone: 1 } });
  });
});

describe("An account that an operation of the same call has created and Adobe does not find yet", () => {
  test("is waited for by the one behind it, in the same command and in those after", async () => {
    await missAt(1, 0, 0);
    const ids = await accepted(world, [create(user), addTo(user, "TestGroup1"), { user, do: [touch] }]);
    await world.drain(hour);
    expect(await Promise.all(ids.map((id) => operation(world, id)))).toMatchObject([
      { status: "succeeded", attempts: 0 },
      { status: "succeeded", attempts: 3 },
      { status: "succeeded", attempts: 0 },
    ]);
    expect(await sandboxUsers(world)).toMatchObject([{ lastname: "King", groups: ["TestGroup1"] }]);
  });

  test("is waited for also where the one that created it has failed behind its create", async () => {
    const ids = await accepted(world, [joiner({ add: { group: ["Nowhere"] } }), { user, do: [touch] }]);
    await world.sandbox("faults", [
      { on: "action", command: { user }, errorCode: "error.user.nonexistent", message: "", step: 0, after: 1 },
    ]);
    await world.drain(hour);
    expect(await Promise.all(ids.map((id) => operation(world, id)))).toMatchObject([
      { status: "failed", error: { code: "error.group.not_found", step: 1 } },
      { status: "succeeded", attempts: 1 },
    ]);
  });

  test("is not waited for where nobody has created it", async () => {
    await world.sandbox("faults", [
      { on: "action", command: { user }, errorCode: "error.user.belongs_to_another_org", message: "", step: 0 },
    ]);
    const ids = await accepted(world, [create(user), { user, do: [touch] }]);
    await world.drain(hour);
    expect(await Promise.all(ids.map((id) => operation(world, id)))).toMatchObject([
      { status: "failed", error: { code: "error.user.belongs_to_another_org" } },
      { status: "failed", attempts: 0, error: { code: "error.user.nonexistent" } },
    ]);
  });
});
