import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { asJson } from "../support/arbitrary-requests.ts";
import { Edge, type EdgeAnswer } from "../support/edge.ts";
import { acceptedIds, expectProblem } from "../support/edge-answers.ts";
import { runs } from "../support/runs.ts";

const dayMs = 24 * 60 * 60 * 1000;
const account = "arn:aws:sts::111122223333:assumed-role";
const roles = [`${account}/nightly`, `${account}/hr`, `${account}/nightl`];
const payloads = ["ada@example.com", "bob@example.com"].map((user) =>
  Buffer.from(JSON.stringify({ user, do: [{ removeFromOrg: {} }] })),
);

interface Sent {
  /** Its place among `roles`; undefined where nobody is named, as by an earlier version. */
  readonly role?: number;
  readonly session?: string;
  readonly key: string;
  readonly payload: number;
}

async function send(edge: Edge, { role, session = "run", key, payload }: Sent): Promise<EdgeAnswer> {
  const body = payloads[payload];
  return await edge.submit({
    headers: [asJson, ["Idempotency-Key", key]],
    ...(body === undefined ? {} : { body }),
    ...(role === undefined ? {} : { caller: `${roles[role]}/${session}` }),
  });
}

const sent: fc.Arbitrary<Sent> = fc.record({
  role: fc.nat({ max: roles.length - 1 }),
  session: fc.constantFrom("run-1", "run-2", "ada@example.com"),
  key: fc.constantFrom("2026-01-31", "1", "y\\n1"),
  payload: fc.nat({ max: payloads.length - 1 }),
});

describe("An Idempotency-Key belongs to the caller who sent it", () => {
  test("callers never meet under a key; each, in whatever session, has its own answer again, or is refused another payload", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { minLength: 2, maxLength: 12 }), async (calls) => {
        const edge = await Edge.create();
        const first = new Map<string, { readonly payload: number; readonly answer: EdgeAnswer }>();
        for (const call of calls) {
          const own = JSON.stringify([call.role, call.key]);
          const answer = await send(edge, call);
          const known = first.get(own);
          if (known === undefined) {
            expect(answer).toMatchObject({ status: 202, replayed: false });
            first.set(own, { payload: call.payload, answer });
          } else if (known.payload === call.payload) expect(answer).toEqual({ ...known.answer, replayed: true });
          else expect(expectProblem(answer, [422]).type).toMatch(/key-reused$/);
        }
        const ids = [...first.values()].flatMap(({ answer }) => acceptedIds(answer));
        expect(new Set(ids).size).toBe(first.size);
        expect((await edge.takeQueued()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      }),
      { numRuns: runs(60) },
    );
  });

  test.each(roles.keys().toArray())(
    "a key from before the upgrade is honoured for its 14 days (caller %i)",
    async (role) => {
      const edge = await Edge.create();
      const before = await send(edge, { key: "hr-1", payload: 0 });
      await edge.takeQueued();
      await edge.clock.advance(13 * dayMs);
      expect(await send(edge, { role, key: "hr-1", payload: 0 })).toEqual({ ...before, replayed: true });
      expect(expectProblem(await send(edge, { role, key: "hr-1", payload: 1 }), [422]).type).toMatch(/key-reused$/);
      expect(await send(edge, { role, key: "hr-2", payload: 1 })).toMatchObject({ status: 202, replayed: false });
      await edge.clock.advance(2 * dayMs);
      expect(await send(edge, { role, key: "hr-1", payload: 1 })).toMatchObject({ status: 202, replayed: false });
    },
  );

  test("a call that SQS took in part before the upgrade is continued after it", async () => {
    const edge = await Edge.create();
    const stop = edge.sqs.refuse({ action: "SendMessageBatch", after: 0, times: 3 });
    const { notQueued } = expectProblem(await send(edge, { key: "hr-1", payload: 0 }), [503]);
    stop();
    expect(acceptedIds(await send(edge, { role: 0, key: "hr-1", payload: 0 }))).toEqual(notQueued);
  });
});

const shown = z.object({ submittedBy: z.optional(z.string()) });
const listed = z.object({ operations: z.array(shown) });

test("Whoever handed an operation in is shown with it, alone and in each listing; nobody where nobody is named", async () => {
  const edge = await Edge.create();
  for (const role of [0, 1, undefined]) {
    const [id = ""] = acceptedIds(
      await send(edge, { ...(role === undefined ? {} : { role }), key: `key-${role}`, payload: 0 }),
    );
    const submittedBy = role === undefined ? undefined : roles[role];
    expect(shown.parse(JSON.parse((await edge.read(id)).text)).submittedBy).toBe(submittedBy);
    for (const query of [
      `call=${id.split("-")[0]}`,
      "user=ada@example.com&limit=1",
      "status=queued&limit=1",
      "limit=1",
    ])
      expect(listed.parse(JSON.parse((await edge.list(query)).text)).operations).toEqual([
        submittedBy === undefined ? {} : { submittedBy },
      ]);
    await edge.clock.advance(1000);
  }
});
