import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { formatMessage } from "../../shared/operation/message.ts";
import { outgoingBatches } from "../../shared/submit/batches.ts";
import { operationOf } from "../support/operations.ts";
import { deadLetterQueueName, queueName, queueUrl } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { accepted, addTo, allOperations, create, operation, sandboxUsers, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import { asNewer, damageEntries, rewriteRow } from "./stored-rows.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 8, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => {
  world.stop();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const batchSchema = z.looseObject({ Entries: z.array(z.looseObject({ MessageBody: z.string() })) });
const answerSchema = z.object({ Successful: z.array(z.looseObject({})) });
const md5 = (text = "") => createHash("md5").update(text).digest("hex");
const hour = 3600;
const healthy = users(20);
const unreadable = { status: 500, body: { type: "urn:problem-type:umapi-workers:unreadable" } };
const emails = async () => (await sandboxUsers(world)).map(({ email = "" }) => email).sort();

/** Lets an hour pass, with its sweeps. */
const anHour = () => world.clock.advance(hour * 1000);

async function queueText(body: string, id = "of-another-version"): Promise<void> {
  await world.sqs.handle("SendMessage", {
    QueueUrl: queueUrl(queueName),
    MessageBody: body,
    MessageGroupId: "default",
    MessageDeduplicationId: id,
  });
}

/** Lets messages come into the queue as another version might have written them. */
function rewriteMessages(rewrite: (body: string) => string): void {
  const handle = world.sqs.handle.bind(world.sqs);
  world.sqs.handle = async (action, input, signal) => {
    if (action !== "SendMessageBatch") return await handle(action, input, signal);
    const { Entries, ...rest } = batchSchema.parse(input);
    const rewritten = Entries.map((entry) => ({ ...entry, MessageBody: rewrite(entry.MessageBody) }));
    const answer = await handle(action, { ...rest, Entries: rewritten }, signal);
    const { Successful } = answerSchema.parse(answer.body);
    // The sender checks what SQS says it has got.
    const sums = Successful.map((each, index) => ({ ...each, MD5OfMessageBody: md5(Entries[index]?.MessageBody) }));
    return { ...answer, body: { Successful: sums } };
  };
}

/** Nothing of the queue is left, and nothing is where nobody would find it. */
async function queueIsEmpty(): Promise<void> {
  expect(await world.messages(queueName)).toBe(0);
  expect(await world.messages(deadLetterQueueName)).toBe(0);
}

describe("A row that this version cannot read costs its own operation a wait, and no other anything", () => {
  test.each<[string, (row: string) => string]>([
    ["of a newer version", asNewer],
    ["with a status that is unknown", (row) => row.replace('"status":"queued"', '"status":"postponed"')],
    ["without its progress", (row) => row.replace('"progress"', '"howFar"')],
    ["that is cut off", (row) => row.slice(0, -20)],
  ])("%s", async (_, rewrite) => {
    await world.api.operate("lane/pause");
    const [before = "", spoiled = "", after = ""] = await accepted(world, [
      create("first@example.com"),
      addTo("first@example.com", "TestGroup1"),
      create("other@example.com"),
    ]);
    const mend = await rewriteRow(world, spoiled, rewrite);
    const behind = await accepted(world, { user: "first@example.com", do: [{ update: { lastname: "Lovelace" } }] });
    const others = await accepted(world, healthy.map(create));
    await world.api.operate("lane/resume");
    await anHour();

    for (const id of [before, after, ...others])
      expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    expect(await world.api.get(`/v1/operations/${spoiled}`)).toMatchObject(unreadable);
    for (const query of ["", "?status=queued", `?call=${spoiled.slice(0, 32)}`, "?user=first@example.com"]) {
      const { status, body } = await world.api.get(`/v1/operations${query}`);
      expect([status, body]).toMatchObject([200, { unreadable: [spoiled] }]);
    }
    expect(await operation(world, behind[0] ?? "")).toMatchObject({ waiting: { reason: "behind", behind: spoiled } });
    expect(await world.api.operate(`operations/${spoiled}/cancel`)).toMatchObject(unreadable);
    expect(await world.api.retry(spoiled)).toMatchObject(unreadable);
    expect(await world.api.operate(`calls/${spoiled.slice(0, 32)}/cancel`)).toMatchObject({
      status: 200,
      body: { canceled: [], notCanceled: [before, spoiled, after] },
    });
    await queueIsEmpty();
    expect(await sandboxUsers(world)).toMatchObject([
      { groups: [], lastname: "Byron" },
      {},
      ...healthy.map(() => ({})),
    ]);

    await mend();
    await world.drain(hour);
    for (const id of [spoiled, ...behind]) expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    expect(await sandboxUsers(world)).toContainEqual(
      expect.objectContaining({ groups: ["TestGroup1"], lastname: "Lovelace" }),
    );
  });

  test("among those that wait in the room, by a date, a backoff or behind another", async () => {
    const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };
    await world.sandbox("faults", [{ on: "action", command: { usergroup: "Sales" }, ...tooBusy, times: 3 }]);
    const soon = new Date(world.clock.now() + 60_000).toISOString();
    const ids = await accepted(world, [
      { usergroup: "Sales", do: [{ createUserGroup: {} }] },
      addTo("ada@example.com", "Sales"),
      { ...create("ada@example.com"), notBefore: soon },
    ]);
    await world.clock.advance(1000);
    const mends = await Promise.all(ids.map((id) => rewriteRow(world, id, asNewer)));
    const others = await accepted(
      world,
      healthy.map((user) => ({ ...create(user), notBefore: soon })),
    );
    await anHour();
    for (const id of others) expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    for (const id of ids) expect(await world.api.get(`/v1/operations/${id}`)).toMatchObject(unreadable);
    expect(await emails()).toHaveLength(healthy.length);

    for (const mend of mends) await mend();
    await world.drain(3 * hour);
    const [group, joiner, scheduled] = await Promise.all(ids.map((id) => operation(world, id)));
    expect(group).toMatchObject({ status: "succeeded" });
    // The account that it names was created on its day only, after it.
    expect(joiner).toMatchObject({ status: "failed" });
    expect(scheduled).toMatchObject({ status: "succeeded" });
  });

  test("nor does an entry of the waiting room, which is made anew from the row", async () => {
    const mend = damageEntries(world);
    const soon = new Date(world.clock.now() + 60_000).toISOString();
    const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };
    await world.sandbox("faults", [{ on: "action", command: { usergroup: "Sales" }, ...tooBusy, times: 2 }]);
    const ids = await accepted(world, [
      { usergroup: "Sales", do: [{ createUserGroup: {} }] },
      { ...create("ada@example.com"), notBefore: soon },
    ]);
    await world.clock.advance(1000);
    const joiner = await accepted(world, {
      user: "bob@example.com",
      do: [...create("bob@example.com").do, { add: { group: ["Sales"] } }],
    });
    await world.clock.advance(5000);
    expect(world.ledger.reasons).toEqual(new Set(["scheduled", "held", "behind"]));
    mend();
    const others = await accepted(world, healthy.map(create));
    await world.drain(2 * hour);
    for (const id of [...ids, ...joiner, ...others])
      expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    expect(await sandboxUsers(world)).toContainEqual(
      expect.objectContaining({ email: "bob@example.com", groups: ["Sales"] }),
    );
  });

  test("and what has ended is listed by what the index knows of it", async () => {
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.drain(hour);
    await rewriteRow(world, id, asNewer);
    expect(await allOperations(world, "&status=succeeded")).toMatchObject([{ id, status: "succeeded" }]);
    expect(await world.api.get(`/v1/operations/${id}`)).toMatchObject(unreadable);
  });

  test("and whose message is unreadable as well", async () => {
    await world.api.operate("lane/pause");
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await rewriteRow(world, id, asNewer);
    await queueText(JSON.stringify({ operations: [{ id, generation: 0, command: { robot: "R2" } }] }));
    await accepted(world, healthy.map(create));
    await world.api.operate("lane/resume");
    await anHour();
    expect(await emails()).toEqual(healthy.toSorted());
    await queueIsEmpty();
  });
});

test("One unreadable row and one unreadable message among twenty: each is told of, by its id alone", async () => {
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "WARN");
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", "Test");
  // Powertools writes to the console that a test can listen to.
  vi.stubEnv("POWERTOOLS_DEV", "true");
  const lines: string[] = [];
  for (const method of ["log", "info", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
  world.stop();
  world = await SimulatedWorld.create({ seed: 9, credentials, rate: { requests: 10, seconds: 60 } });
  await world.api.operate("lane/pause");
  const ids = await accepted(world, [...healthy, "ada@example.com"].map(create));
  const row = ids.at(-1) ?? "";
  const message = `${"b".repeat(32)}-000`;
  await rewriteRow(world, row, asNewer);
  await queueText(asNewer(formatMessage([operationOf(message, create("bob@example.com"))])));
  await world.api.operate("lane/resume");
  await anHour();
  expect(await emails()).toEqual(healthy.toSorted());
  await queueIsEmpty();
  const told = lines.map((line): Record<string, unknown> => JSON.parse(line));
  expect(told).toContainEqual(expect.objectContaining({ message: "unreadable row", operationId: row }));
  for (const operationId of [row, message])
    expect(told).toContainEqual(expect.objectContaining({ message: "set aside", operationId }));
  expect(told.findLast((line) => "OperationsUnreadable" in line)).toMatchObject({ OperationsUnreadable: 2 });
  expect(told.filter(({ level }) => level === "ERROR")).toEqual([]);
  expect(lines.join()).not.toContain("example.com");
});

describe("A message of a newer version waits for one, and holds up only what it conflicts with", () => {
  test("when it says which names it touches, as every version's messages do", async () => {
    await world.api.operate("lane/pause");
    const spoiled = operationOf(`${"a".repeat(32)}-000`, addTo("first@example.com", "TestGroup1"));
    const { body = "" } = outgoingBatches([spoiled])[0]?.[0] ?? {};
    await queueText(asNewer(body.replace('"user":', '"robot":')));
    const behind = await accepted(world, create("first@example.com"));
    const others = await accepted(world, healthy.map(create));
    await world.api.operate("lane/resume");
    await anHour();
    for (const id of others) expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    const waiting = { reason: "behind", behind: spoiled.id };
    expect(await operation(world, behind[0] ?? "")).toMatchObject({ status: "queued", waiting });
    await queueIsEmpty();
    expect(await emails()).toEqual(healthy.toSorted());
  });

  test("also when the last of its operations is canceled meanwhile", async () => {
    rewriteMessages((body) => (body.includes("createFederatedID") ? asNewer(body) : body));
    const person = "first@example.com";
    const [first = "", last = ""] = await accepted(world, [create(person), addTo(person, "TestGroup1")]);
    await world.clock.advance(10_000);
    expect(await world.api.operate(`operations/${last}/cancel`)).toMatchObject({ status: 200 });
    const [behind = ""] = await accepted(world, addTo(person, "Creative Cloud 1"));
    await world.clock.advance(10_000);
    expect(await operation(world, behind)).toMatchObject({ waiting: { reason: "behind", behind: first } });
  });

  test("and goes at its place once a version is there that can read it", async () => {
    await world.api.operate("lane/pause");
    const [id = ""] = await accepted(world, create("ada@example.com"));
    const mend = await rewriteRow(world, id, asNewer);
    await queueText(asNewer(formatMessage([operationOf(id, create("ada@example.com"))])));
    await world.api.operate("lane/resume");
    await anHour();
    expect(await emails()).toEqual([]);
    await mend();
    await anHour();
    expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
  });
});

describe("An operation that cannot be read takes those that travel with it nowhere", () => {
  test("but goes by its row, if the ledger has one", async () => {
    rewriteMessages((body) => body.replace('{"add":', '{"unknown":'));
    const [first = "", second = ""] = await accepted(world, [
      create("ada@example.com"),
      addTo("ada@example.com", "TestGroup1"),
    ]);
    await world.drain(hour);
    for (const id of [first, second]) expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    expect(await world.deadLetters()).toBe(0);
  });

  test("and goes alone to the dead-letter queue, if nobody knows it", async () => {
    const known = operationOf("known", create("ada@example.com"));
    await queueText(JSON.stringify({ operations: [{ id: "stray", command: {} }, known, { no: "id" }] }));
    await world.drain(hour);
    expect(await operation(world, "known")).toMatchObject({ status: "succeeded" });
    expect(await world.deadLetters()).toBe(2);
  });
});
