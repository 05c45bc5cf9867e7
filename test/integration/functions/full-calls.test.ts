import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { asJson, largeBody, longBody } from "../../support/arbitrary-requests.ts";
import { Edge } from "../../support/edge.ts";
import { acceptedIds, expectProblem, wholeOrNotAtAll } from "../../support/edge-answers.ts";

test("a call around the limits on the number and size of operations is queued whole or not at all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(longBody, largeBody), async (body) => {
      await wholeOrNotAtAll({ headers: [asJson], body });
    }),
    { numRuns: 12 },
  );
});

test("a hostile body of half a million faults is answered like any other", async () => {
  const edge = await Edge.create();
  const hostile = Array(8).fill({ user: "a@b.c", do: Array(65_000).fill(1) });
  const answer = await edge.submit({ headers: [asJson], body: Buffer.from(JSON.stringify(hostile)) });
  expect(expectProblem(answer, [422])).toMatchObject({ moreErrors: 8 * 65_000 - 100 });
});

test("asking for an operation takes as many reads in a queue of 4,000 as in one of 2,500, wherever it stands", async () => {
  const edge = await Edge.create();
  const ids: string[] = [];
  const readsAt = async (place: number) => {
    edge.reads.length = 0;
    const { waiting } = z
      .object({ waiting: z.exactOptional(z.object({ ahead: z.number() })) })
      .parse(JSON.parse((await edge.read(ids.at(place) ?? "")).text));
    return { ahead: waiting?.ahead, reads: edge.reads.length };
  };
  const fill = async (count: number) => {
    for (let from = 0; from < count; from += 500) {
      const body = Array.from({ length: 500 }, (_, index) => ({
        user: `u${ids.length + index}@example.com`,
        do: [{ remove: "all" }],
      }));
      ids.push(...acceptedIds(await edge.submit({ headers: [asJson], body: Buffer.from(JSON.stringify(body)) })));
      await edge.clock.advance(1);
    }
  };
  await fill(2500);
  const shorter = { first: await readsAt(0), middle: await readsAt(1200), last: await readsAt(-1) };
  expect(shorter.last.ahead).toBe(2499);
  await fill(1500);
  const longer = { first: await readsAt(0), middle: await readsAt(1200), last: await readsAt(-1) };
  expect(longer.last.ahead).toBe(3999);
  expect([longer.first.reads, longer.middle.reads, longer.last.reads]).toEqual([
    shorter.first.reads,
    shorter.middle.reads,
    shorter.last.reads,
  ]);
  expect(longer.middle.reads).toBeLessThan(10);
});
