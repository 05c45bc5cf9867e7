import { beforeEach, describe, expect, test } from "vitest";
import type { Operation } from "../../../shared/operation/operation.ts";
import type { Submission } from "../../../shared/submit/accept.ts";
import type { Submitted, Submitter } from "../../../shared/submit/submitter.ts";
import { Stores } from "../../support/stores.ts";
import { Submissions } from "../../support/submissions.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let stores: Stores;
let submissions: Submissions;
let submitter: Submitter;
let start: number;

beforeEach(async () => {
  stores = await Stores.create();
  start = stores.clock.now();
  submissions = await Submissions.create(stores);
  submitter = submissions.submitter;
});

const command = (user: string, notBefore?: number) => ({
  user,
  do: [{ add: { group: ["P"] } }],
  ...(notBefore === undefined ? {} : { notBefore: new Date(notBefore).toISOString() }),
});

const submission = (...call: Parameters<Submissions["submission"]>): Submission => submissions.submission(...call);
const queued = async (): Promise<Operation[]> => await submissions.queued();
const refuse = (index: number) => submissions.refuse(index);
const people = (count: number) => Array.from({ length: count }, (_, index) => command(`p${index}@x.com`));
const keyed = (commands: readonly object[]) => submission(commands, { idempotencyKey: "mine" });

const idsOf = (submitted: Submitted) => (submitted.kind === "queued" ? submitted.ids : []);
const rowsOf = async (submitted: Submitted) => await Promise.all(idsOf(submitted).map((id) => stores.row(id)));

describe("the lease of a call", () => {
  test("keeps another try from working on it for a minute, and no longer", async () => {
    stores.dynamo.refuse({ action: "PutItem", after: 1, times: 1, status: 400 });
    await expect(submitter.submit(keyed(people(1)))).rejects.toThrow();
    await stores.clock.advance(minuteMs - 1);
    expect(await submitter.submit(keyed(people(1)))).toEqual({ kind: "still-running" });
    await stores.clock.advance(1);
    expect(await submitter.submit(keyed(people(1)))).toMatchObject({ kind: "queued", replayed: false });
  });

  test("goes to one of two that come at once", async () => {
    const kinds = await Promise.all([1, 2, 3].map(async () => (await submitter.submit(keyed(people(2)))).kind));
    expect(kinds.toSorted()).toEqual(["queued", "still-running", "still-running"]);
    expect(await queued()).toHaveLength(2);
  });

  test("ends with the call, so that a repeat after a 503 goes on at once", async () => {
    refuse(1);
    const first = await submitter.submit(keyed(people(3)));
    expect(first).toMatchObject({ kind: "incomplete", queued: { length: 2 }, notQueued: { length: 1 } });
    expect(await submitter.submit(keyed(people(3)))).toMatchObject({ kind: "incomplete" });
  });

  test("is one's own even if the table's answer to it was lost", async () => {
    stores.repeat("PutItem");
    expect(await submitter.submit(keyed(people(1)))).toMatchObject({ kind: "queued", replayed: false });
  });
});

describe("a repeated call", () => {
  test("of another payload, or of another mode, is refused", async () => {
    await submitter.submit(keyed(people(2)));
    expect(await submitter.submit(keyed(people(3)))).toEqual({ kind: "key-reused" });
    expect(await submitter.submit({ ...keyed(people(2)), testOnly: true })).toEqual({ kind: "key-reused" });
    expect(
      await submitter.submit(
        keyed(people(2).map((each) => ({ ...each, notBefore: new Date(start + dayMs).toISOString() }))),
      ),
    ).toEqual({ kind: "key-reused" });
  });

  test("of other times is refused", async () => {
    const due = (...days: readonly number[]) => keyed(days.map((day) => command("a@x.com", start + day * dayMs)));
    await submitter.submit(due(1, 2));
    for (const others of [due(1, 3), due(2, 1)]) expect(await submitter.submit(others)).toEqual({ kind: "key-reused" });
  });

  test("has the first one's ids, and queues nothing", async () => {
    const first = await submitter.submit(keyed(people(2)));
    await stores.clock.advance(dayMs);
    expect(await submitter.submit(keyed(people(2)))).toEqual({ kind: "queued", ids: idsOf(first), replayed: true });
    expect((await queued()).map(({ id }) => id)).toEqual(idsOf(first));
  });

  test("has its leavers wait for their turn, since the first one may have sent messages before them", async () => {
    const leaver = { user: "ada@x.com", do: [{ removeFromOrg: {} }] };
    const [ahead] = await rowsOf(await submitter.submit(submission([leaver])));
    expect(ahead).toMatchObject({ early: true });
    stores.dynamo.refuse({ action: "PutItem", after: 1, times: 1, status: 400 });
    await expect(submitter.submit(keyed([leaver]))).rejects.toThrow();
    await stores.clock.advance(minuteMs);
    const [row] = await rowsOf(await submitter.submit(keyed([leaver])));
    expect(row).toMatchObject({ status: "queued", place: expect.any(String) });
    expect(row?.early).toBeUndefined();
  });

  test("keeps what the first one wrote: when its operations were queued, their places, and what has become of them", async () => {
    // The call dies after its rows, before its record says that it is complete.
    stores.dynamo.refuse({ action: "PutItem", after: 3, times: 1, status: 400 });
    await expect(submitter.submit(keyed(people(2)))).rejects.toThrow();
    const [first] = await queued();
    const before = first && (await stores.row(first.id));
    if (before === undefined) throw new Error("nothing was queued");
    const charged = await stores.put({ ...before, charges: 2 });
    await stores.clock.advance(6 * minuteMs);
    const second = await submitter.submit(keyed(people(2)));
    const [row] = await rowsOf(second);
    expect(row).toEqual(charged);
    expect(row?.operation.queuedAt).toBe(start);
    expect(row?.place).toBeDefined();
  });

  test("does not queue again what SQS has taken, even when SQS has forgotten it", async () => {
    const stop = refuse(1);
    await submitter.submit(keyed(people(2)));
    stop();
    await stores.clock.advance(6 * minuteMs);
    const ids = idsOf(await submitter.submit(keyed(people(2))));
    expect((await queued()).map(({ id }) => id)).toEqual(ids);
  });

  test("says when what it queues itself was queued, and when the call was accepted", async () => {
    const stop = refuse(1);
    const { queued: some = [], notQueued = [] } = (await submitter.submit(keyed(people(2)))) as {
      queued?: readonly string[];
      notQueued?: readonly string[];
    };
    stop();
    await stores.clock.advance(dayMs);
    const rows = await rowsOf(await submitter.submit(keyed(people(2))));
    const at = (id: string | undefined) => rows.find(({ operation }) => operation.id === id)?.operation;
    expect(at(some[0])).toMatchObject({ queuedAt: start, acceptedAt: start });
    expect(at(notQueued[0])).toMatchObject({ queuedAt: start + dayMs, acceptedAt: start });
  });
});

describe("what is queued", () => {
  test("has a row each, with the place of its message", async () => {
    const submitted = await submitter.submit(submission([command("a@x.com"), command("a@x.com"), command("b@x.com")]));
    const rows = await rowsOf(submitted);
    expect(rows.map(({ status, revision }) => [status, revision])).toEqual(Array(3).fill(["queued", 1]));
    const places = rows.map(({ place = "" }) => String(place));
    expect(places.map((place) => place.slice(-4))).toEqual(["#000", "#001", "#000"]);
    expect(places.toSorted()).toEqual(places);
    expect(rows.map(({ operation }) => operation)).toMatchObject(
      Array(3).fill({ generation: 0, callSize: 3, testOnly: false, acceptedAt: start, queuedAt: start }),
    );
    expect((await queued()).map(({ id }) => id)).toEqual(idsOf(submitted));
  });

  test("names its caller, if there is one", async () => {
    const by = await rowsOf(await submitter.submit(submission(people(1), { submittedBy: "arn:role" })));
    expect(by[0]?.operation.submittedBy).toBe("arn:role");
    const byNobody = await rowsOf(await submitter.submit(submission(people(1))));
    expect(byNobody[0]?.operation).not.toHaveProperty("submittedBy");
  });

  test("of two calls without a key are different operations", async () => {
    const one = await submitter.submit(submission(people(1)));
    const other = await submitter.submit(submission(people(1)));
    expect(idsOf(one)).not.toEqual(idsOf(other));
    expect(await queued()).toHaveLength(2);
  });

  test("is told apart from what SQS refused, which has no row", async () => {
    refuse(1);
    const scheduled = command("s@x.com", start + dayMs);
    const submitted = await submitter.submit(keyed([...people(2), scheduled]));
    if (submitted.kind !== "incomplete") throw new Error(submitted.kind);
    expect(submitted.queued.map((id) => id.slice(-3))).toEqual(["000", "002"]);
    expect(submitted.notQueued.map((id) => id.slice(-3))).toEqual(["001"]);
    expect([...(await stores.ledger.read(submitted.notQueued)).keys()]).toEqual([]);
    expect((await stores.ledger.read(submitted.queued)).size).toBe(2);
  });
});

describe("a scheduled operation", () => {
  test("waits in the room, with a row that says so, and no message", async () => {
    const submitted = await submitter.submit(submission([command("a@x.com", start + dayMs)]));
    expect(await rowsOf(submitted)).toMatchObject([
      { parked: { reason: "scheduled", dueAt: start + dayMs }, operation: { notBefore: start + dayMs } },
    ]);
    expect(await stores.room.due("scheduled", start + dayMs, 10)).toHaveLength(1);
    expect(await queued()).toEqual([]);
  });

  test.each([
    ["now", 0],
    ["a moment ago", -1],
    ["a year ago", -365 * dayMs],
  ])("whose time is %s is queued at once", async (_, later) => {
    const submitted = await submitter.submit(submission([command("a@x.com", start + later)]));
    const [row] = await rowsOf(submitted);
    expect(row).not.toHaveProperty("parked");
    expect((await queued()).map(({ id }) => id)).toEqual(idsOf(submitted));
  });

  test("has its entry before its row", async () => {
    stores.dynamo.refuse({ action: "PutItem", after: 1, times: 1, status: 400 });
    await expect(submitter.submit(submission([command("a@x.com", start + dayMs)]))).rejects.toThrow();
    expect(await stores.room.due("scheduled", start + dayMs, 10)).toHaveLength(1);
  });

  test("is entered before anything of its call is queued", async () => {
    stores.dynamo.refuse({ action: "BatchWriteItem", times: 9, status: 400 });
    stores.dynamo.refuse({ action: "PutItem", resource: "room", times: 9, status: 400 });
    await expect(submitter.submit(submission([...people(1), command("s@x.com", start + dayMs)]))).rejects.toThrow();
    expect(await queued()).toEqual([]);
  });

  test("keeps the key of its call until 14 days after it is due", async () => {
    const call = keyed([command("a@x.com", start + 30 * dayMs), command("b@x.com", start + 20 * dayMs)]);
    const first = await submitter.submit(call);
    await stores.clock.advance(44 * dayMs - 1);
    expect(await submitter.submit(call)).toEqual({ kind: "queued", ids: idsOf(first), replayed: true });
    await stores.clock.advance(1);
    expect(await submitter.submit(call)).toMatchObject({ kind: "queued", replayed: false });
  });

  test("whose time has passed before a repeat is scheduled all the same, because it was when its call was accepted", async () => {
    const call = keyed([command("a@x.com", start + dayMs), ...people(1)]);
    const stop = refuse(0);
    expect(await submitter.submit(call)).toMatchObject({ kind: "incomplete" });
    stop();
    await stores.clock.advance(2 * dayMs);
    expect(await submitter.submit(call)).toMatchObject({ kind: "queued" });
    expect((await queued()).map(({ id }) => id.slice(-3))).toEqual(["001"]);
  });
});
