import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { anySubmission, asJson, lawfulBody, mark } from "../support/arbitrary-requests.ts";
import { Edge, type EdgeRequest } from "../support/edge.ts";
import { acceptedIds, commandsIn, expectProblem, expectQueued, wholeOrNotAtAll } from "../support/edge-answers.ts";
import { naivelyConflict } from "../support/naive-rules.ts";
import { runs } from "../support/runs.ts";

const to = (contentType: string, text: string): [EdgeRequest] => [
  { headers: [["Content-Type", contentType]], body: Buffer.from(text) },
];

describe("whatever is submitted", () => {
  test("is queued whole, or refused with nothing written and nothing repeated", async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(anySubmission, async (request) => {
        seen.add(await wholeOrNotAtAll(request));
      }),
      {
        numRuns: runs(200),
        examples: [
          to("application/json", '{"user":"ada@example.com","do":[{"remove":"all"}]}'),
          to("application/json", '{"user":'),
          to("text/plain", "[]"),
          to("application/json", "[]"),
        ],
      },
    );
    expect([...seen].toSorted()).toEqual([202, 400, 415, 422]);
  });
});

describe("lawful operations", () => {
  test("are queued in the caller's order wherever the order matters, in each form and mode", async () => {
    await fc.assert(
      fc.asyncProperty(lawfulBody, fc.boolean(), async (body, testOnly) => {
        const edge = await Edge.create();
        const ids = acceptedIds(await edge.submit({ headers: [asJson], query: `testOnly=${testOnly}`, body }));
        const queued = await expectQueued(edge, ids, commandsIn(body), testOnly);
        for (const [place, later] of queued.entries())
          for (const earlier of queued.slice(0, place))
            if (naivelyConflict(earlier.command, later.command))
              expect(ids.indexOf(earlier.id)).toBeLessThan(ids.indexOf(later.id));
      }),
      { numRuns: runs(60) },
    );
  });
});

describe("a second call under one Idempotency-Key", () => {
  const key: readonly [string, string] = ["Idempotency-Key", mark];

  test("queues nothing: it gets the first answer, or is refused if its payload differs", async () => {
    await fc.assert(
      fc.asyncProperty(lawfulBody, fc.option(lawfulBody, { nil: undefined }), async (first, other) => {
        const edge = await Edge.create();
        const answer = await edge.submit({ headers: [asJson, key], body: first });
        await expectQueued(edge, acceptedIds(answer), commandsIn(first), false);
        const changes = edge.changes.length;
        const again = await edge.submit({ headers: [asJson, key], body: other ?? first });
        expect(answer.replayed).toBe(false);
        if (other === undefined || isSame(first, other)) expect(again).toEqual({ ...answer, replayed: true });
        else expect(expectProblem(again, [422]).type).toMatch(/key-reused$/);
        expect(edge.changes).toHaveLength(changes);
        expect(await edge.takeQueued()).toEqual([]);
      }),
      { numRuns: runs(40) },
    );
  });
});

describe("a queue that refuses entries", () => {
  const key: readonly [string, string] = ["Idempotency-Key", "once"];
  const refusal = fc.record({
    entries: fc.option(fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1 }), { nil: undefined }),
    after: fc.nat({ max: 3 }),
    times: fc.integer({ min: 1, max: 6 }),
  });

  test("leaves a call whose answer says exactly what is queued, and whose repeat queues the rest", async () => {
    await fc.assert(
      fc.asyncProperty(lawfulBody, refusal, async (body, { entries, after, times }) => {
        const edge = await Edge.create();
        const stop = edge.sqs.refuse({
          action: "SendMessageBatch",
          after,
          times,
          ...(entries === undefined ? {} : { entries }),
        });
        const answer = await edge.submit({ headers: [asJson, key], body });
        stop();
        if (answer.status === 202) {
          await expectQueued(edge, acceptedIds(answer), commandsIn(body), false);
          return;
        }
        const { queued = [], notQueued = [] } = expectProblem(answer, [503]);
        const before = await edge.takeQueued();
        expect(before.map(({ id }) => id).toSorted()).toEqual(queued.toSorted());
        for (const id of queued) expect((await edge.read(id)).status).toBe(200);
        for (const id of notQueued) expectProblem(await edge.read(id), [404]);

        const completed = await edge.submit({ headers: [asJson, key], body });
        expect(completed.replayed).toBe(false);
        const ids = acceptedIds(completed);
        expect(ids.toSorted()).toEqual([...queued, ...notQueued].toSorted());
        const rest = await edge.takeQueued();
        expect(rest.map(({ id }) => id).toSorted()).toEqual(notQueued.toSorted());
        for (const id of ids) expect((await edge.read(id)).status).toBe(200);
        expect(await edge.submit({ headers: [asJson, key], body })).toEqual({ ...completed, replayed: true });
      }),
      { numRuns: runs(60) },
    );
  });
});

const isSame = (one: Uint8Array, other: Uint8Array) =>
  JSON.stringify(sorted(commandsIn(one))) === JSON.stringify(sorted(commandsIn(other)));

/** The JSON value with the keys of its objects in order. */
function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  const object = z.record(z.string(), z.unknown()).safeParse(json);
  if (!object.success) return json;
  return Object.fromEntries(
    Object.entries(object.data)
      .map(([name, value]): [string, unknown] => [name, sorted(value)])
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
