import { beforeEach, describe, expect, test } from "vitest";
import { placeAfter } from "../../../shared/operation/place.ts";
import { touches } from "../../../shared/planning/conflicts.ts";
import type { Submitted } from "../../../shared/submit/submitter.ts";
import { adding } from "../../support/judging.ts";
import { Stores } from "../../support/stores.ts";
import { Submissions } from "../../support/submissions.ts";

const minuteMs = 60_000;

let stores: Stores;
let submissions: Submissions;

beforeEach(async () => {
  stores = await Stores.create();
  submissions = await Submissions.create(stores, { operations: 2, windowSeconds: 3600 });
});

const ada = "ada@x.com";
const leaving = (user: string) => ({ user, do: [{ removeFromOrg: {} }] });
const keyed = (commands: readonly object[]) => submissions.submission(commands, { idempotencyKey: "mine" });
const submit = async (...call: Parameters<Submissions["submission"]>) =>
  await submissions.submitter.submit(submissions.submission(...call));
const rowsOf = async (submitted: Submitted) =>
  await Promise.all(submitted.kind === "queued" ? submitted.ids.map((id) => stores.row(id)) : []);
/** The call dies after its rows, before its record says what was queued. */
const dies = async (commands: readonly object[]) => {
  // Before: what is counted, the record of the call, and a row each.
  stores.dynamo.refuse({ action: "PutItem", after: 2 + commands.length, times: 1, status: 400 });
  await expect(submissions.submitter.submit(keyed(commands))).rejects.toThrow();
};

describe("A leaver", () => {
  test("goes ahead as soon as it is queued, and so does no other", async () => {
    const [leaver, other] = await rowsOf(await submit([leaving(ada), adding("bob@x.com", "P")]));
    expect(leaver).toMatchObject({ early: true, parked: { reason: "leaver", dueAt: stores.clock.now() - minuteMs } });
    expect(leaver?.place).toBeDefined();
    expect(other).not.toHaveProperty("early");
    expect(other).not.toHaveProperty("parked");
  });

  test("whose call is repeated goes ahead of what was accepted before it alone, and not of a rehire since", async () => {
    await dies([leaving(ada)]);
    const [rehire] = await rowsOf(await submit([adding(ada, "P")]));
    const found = async (place = rehire?.place ?? placeAfter("0")) =>
      (await stores.waitingRoom.leaversAfter(touches(adding(ada, "P")), place)).size;
    expect(await found()).toBe(0);
    // SQS no longer knows the message, and takes a second one.
    await stores.clock.advance(6 * minuteMs);
    expect(await submissions.submitter.submit(keyed([leaving(ada)]))).toMatchObject({ kind: "queued" });
    expect(await submissions.queued()).toHaveLength(3);
    expect(await found()).toBe(0);
    expect(await found(placeAfter("0"))).toBe(1);
  });
});

describe("Removals above the limit", () => {
  const three = [leaving(ada), leaving("bob@x.com"), leaving("cleo@x.com")];

  test("are held in a set, and the others go", async () => {
    const rows = await rowsOf(await submit(three));
    expect(rows.map(({ operation: { removalSet } }) => removalSet !== undefined)).toEqual([false, false, true]);
    expect(rows.map(({ early }) => early)).toEqual([true, true, undefined]);
  });

  test("are counted once for a call, and are the same, however long after a 503 it is repeated", async () => {
    for (const [key, commands] of [
      ["some", three],
      ["all", [leaving("dora@x.com")]],
    ] as const) {
      const resume = submissions.refuse(0);
      const call = submissions.submission(commands, { idempotencyKey: key });
      expect(await submissions.submitter.submit(call)).toMatchObject({ kind: "incomplete" });
      resume();
      // What was counted before has left the window.
      await stores.clock.advance(61 * minuteMs);
      const rows = await rowsOf(await submissions.submitter.submit(call));
      const held = rows.filter(({ operation: { removalSet } }) => removalSet !== undefined);
      expect(held).toHaveLength(key === "some" ? 1 : 0);
      expect((await stores.removals.read()).counted).toHaveLength(1);
    }
  });

  test("stay held if a call that is all above the limit is repeated after a 503", async () => {
    await submit(three.slice(1));
    const resume = submissions.refuse(0);
    expect(await submissions.submitter.submit(keyed([leaving(ada)]))).toMatchObject({ kind: "incomplete" });
    resume();
    // By then there would be room for it.
    await stores.clock.advance(61 * minuteMs);
    const [row] = await rowsOf(await submissions.submitter.submit(keyed([leaving(ada)])));
    expect(row?.operation.removalSet).toBeDefined();
  });

  test("do not count those of a day to come", async () => {
    const notBefore = new Date(stores.clock.now() + 24 * 60 * minuteMs).toISOString();
    await submit(three.map((each) => ({ ...each, notBefore })));
    expect((await stores.removals.read()).counted).toEqual([]);
    expect(await rowsOf(await submit([leaving(ada)]))).toMatchObject([{ early: true }]);
  });
});
