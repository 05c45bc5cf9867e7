import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatMessage } from "../../shared/operation/message.ts";
import { operationOf } from "../support/operations.ts";
import { queueName, queueUrl } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, addTo, create, operation, sandboxUsers } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 } });
  world.deploy({ allowAccountDeletion: true });
  await accepted(world, [user, other].map(create));
  await world.drain(hour);
});

afterEach(() => world.stop());

const hour = 3600;
const user = "ada@example.com";
const other = "bob@example.com";
const deletion = { user, do: [{ removeFromOrg: { deleteAccount: true } }] };
/** With another step it does not go ahead of its place. */
const deletionInPlace = { user, do: [{ remove: "all" }, ...deletion.do] };
const refused = {
  code: "account_deletion_not_allowed",
  step: expect.any(Number),
  hint: expect.stringContaining("allowAccountDeletion"),
};
const endless = { on: "action", times: 1_000_000 };
const busy = { errorCode: "error.throttled_by_external_service", message: "later" };
const fail = async (fault: object) => await world.sandbox("faults", [{ ...endless, ...fault }]);
const emails = async () => (await sandboxUsers(world)).map(({ email }) => email).toSorted();

/** Brings an operation that would destroy an account into a state. @returns its id */
const states: Readonly<Record<string, () => Promise<string>>> = {
  queued: async () => {
    await fail({ status: 429, retryAfter: 300 });
    const [id = ""] = await accepted(world, deletion);
    await world.clock.advance(5000);
    return id;
  },
  scheduled: async () => {
    const notBefore = new Date(world.clock.now() + hour * 1000).toISOString();
    const [id = ""] = await accepted(world, { ...deletion, notBefore });
    return id;
  },
  held: async () => {
    await fail({ command: { user }, ...busy });
    const [id = ""] = await accepted(world, deletion);
    await world.clock.advance(5000);
    expect((await operation(world, id)).waiting?.reason).toBe("held");
    return id;
  },
  "behind another": async () => {
    await fail({ command: { user }, ...busy });
    await accepted(world, addTo(user, "TestGroup1"));
    const [id = ""] = await accepted(world, deletionInPlace);
    await world.clock.advance(5000);
    expect((await operation(world, id)).waiting?.reason).toBe("behind");
    return id;
  },
  "ahead of others in its message": async () => {
    await fail({ status: 429, retryAfter: 300 });
    const [, id = ""] = await accepted(world, [addTo(user, "TestGroup1"), deletion]);
    await world.clock.advance(5000);
    return id;
  },
  "in a message with others": async () => {
    await fail({ status: 429, retryAfter: 300 });
    const [, id = ""] = await accepted(world, [addTo(user, "TestGroup1"), deletionInPlace]);
    await world.clock.advance(5000);
    return id;
  },
};

describe("Where the stack stops to allow it, an account's deletion that waits is not sent, and says why", () => {
  test.each(Object.keys(states))("%s", async (state) => {
    const id = (await states[state]?.()) ?? "";
    const [next = ""] = await accepted(world, addTo(user, "TestGroup1"));
    world.deploy({ allowAccountDeletion: false });
    await world.sandbox("faults", []);
    await world.drain(3 * hour);
    const ended = await operation(world, id);
    expect(ended).toMatchObject({ status: "failed", attempts: 0, error: refused });
    // What was sent before may have been applied.
    expect(ended.error?.certain).toBe(state !== "held");
    // It counts as any other failure.
    expect((await world.api.lane()).body).toMatchObject({ lastHour: { failed: { [refused.code]: 1 } } });
    // Who conflicts with it goes on.
    expect(await operation(world, next)).toMatchObject({ status: "succeeded" });
    expect(await emails()).toEqual([user, other]);
  });

  test("but what Adobe may have applied is said to be uncertain, and its fate is waited for", async () => {
    world.network.befall("/action/", { kind: "silence" }, 1);
    const [id = ""] = await accepted(world, deletion);
    await world.clock.advance(5000);
    world.deploy({ allowAccountDeletion: false });
    await world.clock.advance(60_000);
    expect(await operation(world, id)).toMatchObject({ status: "queued" });
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "failed", error: { ...refused, certain: false } });
  });
});

test("Where the stack allows it, the account is deleted", async () => {
  const [id = ""] = await accepted(world, deletion);
  await world.drain(hour);
  expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
  expect(await emails()).toEqual([other]);
});

test.each([
  ["alone", [deletion]],
  ["behind what may be sent", [addTo(other, "TestGroup1"), { ...deletion, user: other }]],
  ["behind other steps", [{ user, do: [{ remove: { group: ["TestGroup1"] } }, ...deletion.do] }]],
] as const)("What somebody puts into the queue by hand, %s, does not pass the guard", async (_, commands) => {
  world.deploy({ allowAccountDeletion: false });
  const before = (await actionRequests(world)).length;
  const now = world.clock.now();
  const [head, ...rest] = commands.map((command, index) =>
    operationOf(`by-hand-${index}`, command, { acceptedAt: now, queuedAt: now }),
  );
  if (head === undefined) throw new Error("no operation");
  await world.sqs.handle("SendMessage", {
    QueueUrl: queueUrl(queueName),
    MessageBody: formatMessage([head, ...rest]),
    MessageGroupId: "default",
    MessageDeduplicationId: "by-hand",
  });
  await world.drain(hour);
  const last = `by-hand-${commands.length - 1}`;
  expect(await operation(world, last)).toMatchObject({
    status: "failed",
    error: { code: refused.code, certain: true },
  });
  expect(await world.api.retry(last)).toMatchObject({
    status: 422,
    body: {
      type: "urn:problem-type:umapi-workers:against-the-rules",
      detail: expect.stringContaining("allowAccountDeletion"),
    },
  });
  await world.drain(hour);
  expect(await emails()).toEqual([user, other]);
  expect((await actionRequests(world)).length - before).toBe(commands.length - 1);
});

test("What failed can be retried again once the stack allows it again", async () => {
  const id = (await states["queued"]?.()) ?? "";
  world.deploy({ allowAccountDeletion: false });
  await world.sandbox("faults", []);
  await world.drain(hour);
  expect(await world.api.retry(id)).toMatchObject({ status: 422 });
  expect(await operation(world, id)).toMatchObject({ status: "failed" });
  world.deploy({ allowAccountDeletion: true });
  expect(await world.api.retry(id)).toMatchObject({ status: 202 });
  await world.drain(hour);
  expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
});
