import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OperationsPage, operationsPageSchema } from "../../shared/api/operation.ts";
import { asJson, mark, markedText, queryOf } from "../support/arbitrary-requests.ts";
import { itemAt } from "../support/commands.ts";
import { Edge, type EdgeAnswer } from "../support/edge.ts";
import { acceptedIds, expectProblem, expectUntouched } from "../support/edge-answers.ts";
import { runs } from "../support/runs.ts";
import { strictly } from "../support/strictly.ts";

const user = "ada@example.com";
const command = { user, do: [{ remove: "all" }] };

/** An edge whose ledger has an operation of each status; nothing is queued, and no change is remembered. */
async function edgeWithOneOfEach() {
  const edge = await Edge.create();
  const body = Buffer.from(
    JSON.stringify([command, { ...command, user: "ben@example.com" }, { ...command, user: "cleo@example.com" }]),
  );
  acceptedIds(await edge.submit({ headers: [asJson], body }));
  const queued = await edge.takeQueued();
  const [waiting, done, failed] = [0, 1, 2].map((index) => itemAt(queued, index).id);
  if (waiting === undefined || done === undefined || failed === undefined) throw new Error("three are expected");
  await edge.finish(done, { kind: "succeeded" });
  await edge.finish(failed, { kind: "failed", error: { code: "error.user.not_found", message: "No such user" } });
  edge.changes.length = 0;
  return { edge, waiting, done, failed };
}

function expectPage(answer: EdgeAnswer): OperationsPage {
  expect(answer.contentType).toBe("application/json");
  return strictly(operationsPageSchema, JSON.parse(answer.text));
}

const listingQuery = queryOf(
  ["status", "user", "call", "limit", "cursor"],
  [
    ...["queued", "succeeded", "failed", "QUEUED", "ada@example.com", "ADA%40example.com", "1", "2", "200", "201", "0"],
    ...["-1", "1e2", "01", "a", "AA", "-", "_", "____", "gICAgICA", "MjAyNg", "z".repeat(200), "z".repeat(201)],
  ],
);

describe("whatever is asked of the listing", () => {
  test("is answered with a page or refused, and changes nothing", async () => {
    const { edge } = await edgeWithOneOfEach();
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(listingQuery, async (query) => {
        const answer = await edge.list(query);
        seen.add(answer.status);
        if (answer.status === 200) expectPage(answer);
        else expectProblem(answer, [400]);
        expect(edge.changes).toEqual([]);
      }),
      { numRuns: runs(300), examples: [[""], ["cursor=a"]] },
    );
    expect([...seen].toSorted()).toEqual([200, 400]);
  });
});

test("An operation that a removal superseded says so alone and in lists, and is neither canceled nor retried", async () => {
  const { edge, waiting, done } = await edgeWithOneOfEach();
  await edge.finish(waiting, { kind: "superseded", by: done });
  const expected = { id: waiting, status: "superseded", supersededBy: done, attempts: 0 };
  expect(JSON.parse((await edge.read(waiting)).text)).toMatchObject(expected);
  for (const query of ["status=superseded", `call=${waiting.split("-")[0]}&status=superseded`])
    expect(expectPage(await edge.list(query)).operations).toEqual([expect.objectContaining(expected)]);
  const refused = await edge.call("cancel", { pathParameters: { id: waiting } });
  expect([refused.status, JSON.parse(refused.text)]).toMatchObject([
    409,
    { detail: expect.stringContaining("superseded") },
  ]);
  expect(expectProblem(await edge.retry(waiting), [409]).detail).toContain(done);
});

describe("the listing of a call", () => {
  test("gives its operations and no other's, in the order submitted, whatever the filter and the size of its pages", async () => {
    const edge = await Edge.create();
    const calls: string[][] = [];
    for (const length of [3, 230]) {
      const body = Array.from({ length }, (_, index) => ({ ...command, user: `user-${index % 7}@example.com` }));
      calls.push(
        acceptedIds(await edge.submit({ headers: [asJson], body: Buffer.from(JSON.stringify(body)) })).map(String),
      );
    }
    const queued = await edge.takeQueued();
    const done = new Set<string>();
    for (const [index, { id }] of queued.entries()) {
      if (index % 3 > 0) continue;
      await edge.finish(id, { kind: "succeeded" });
      done.add(id);
    }
    const cases = fc.record({
      ids: fc.constantFrom(...calls),
      limit: fc.integer({ min: 1, max: 200 }),
      status: fc.constantFrom(undefined, "queued", "succeeded"),
      user: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ ids, limit, status, user }) => {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const query = [
            `call=${ids[0]?.split("-")[0]}&limit=${limit}`,
            ...(status === undefined ? [] : [`status=${status}`]),
            ...(user === undefined ? [] : [`user=USER-${user}@example.com`]),
            ...(cursor === undefined ? [] : [`cursor=${cursor}`]),
          ];
          const page = expectPage(await edge.list(query.join("&")));
          expect(page.operations.length).toBeLessThanOrEqual(limit);
          found.push(...page.operations.map(({ id }) => id));
          cursor = page.cursor;
        } while (cursor !== undefined);
        const wanted = ids.filter(
          (id, index) =>
            (user === undefined || index % 7 === user) &&
            (status === undefined || done.has(id) === (status === "succeeded")),
        );
        expect(found).toEqual(wanted);
      }),
      { numRuns: runs(40) },
    );
  });
});

describe("a user who is asked for", () => {
  /** An edge whose ledger has an operation on each of these users. @returns their ids, in order */
  const withUsers = async (users: readonly string[]) => {
    const edge = await Edge.create();
    const body = Buffer.from(JSON.stringify([...users, user].map(() => command)));
    const ids = acceptedIds(await edge.submit({ headers: [asJson], body }));
    const stored = await edge.takeQueued();
    for (const [index, name] of users.entries()) {
      const id = itemAt(stored, index).id;
      const row = (await edge.ledger.read([id])).get(id);
      if (row === undefined || row === "unreadable") throw new Error(`${id} has no row`);
      const domain = name.includes("@") ? {} : { domain: "example.com" };
      // Written past the check of today, which no longer takes a username with a space.
      const renamed = { user: name, ...domain, do: [{ remove: "all" as const }] };
      await edge.ledger.write({ ...row, operation: { ...row.operation, command: renamed } });
    }
    return { edge, ids: ids.slice(0, users.length) };
  };

  test.each([
    [
      "a+b@example.com",
      ["a+b@example.com", "a%2Bb@example.com", "a%2bb%40example.com", "A+B@EXAMPLE.COM", "a%20b@example.com"],
    ],
    ["A+B+1@Example.com", ["a+b+1@example.com", "a%2bb+1@example.com", "a%2Bb%2B1%40example.com"]],
    ["zoë+x@example.com", ["zo%C3%AB+x@example.com", "ZO%C3%8B%2BX@example.com", "zoe%CC%88+x@example.com"]],
    ["jo doe", ["jo+doe", "jo%20doe", "JO+DOE"]],
    ["jo+doe", ["jo+doe", "jo%2Bdoe", "JO+DOE"]],
  ])("as %s is found however the query writes it", async (name, queries) => {
    const { edge, ids } = await withUsers([name]);
    const [id = ""] = ids;
    for (const query of queries)
      for (const more of ["", "&status=queued", `&call=${id.split("-")[0]}`])
        expect(expectPage(await edge.list(`user=${query}${more}`)).operations, query).toMatchObject([
          { id, user: name },
        ]);
  });

  test.each(["a%252Bb@example.com", "ab@example.com", "a-b@example.com"])("is not another user: %s", async (query) => {
    const { edge } = await withUsers(["a+b@example.com"]);
    expect(expectPage(await edge.list(`user=${query}`)).operations).toEqual([]);
  });

  test("is found page by page where a plus may mean two usernames", async () => {
    const { edge, ids } = await withUsers(["jo doe", "jo+doe", "jo doe"]);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = expectPage(await edge.list(`user=jo+doe&limit=1${cursor === undefined ? "" : `&cursor=${cursor}`}`));
      found.push(...page.operations.map((operation) => operation.id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(ids.toReversed());
  });
});

/** A real id, what is nearly one, or nothing of the kind. */
const idLike = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...ids),
    fc.constantFrom(...ids).map((id) => id.toUpperCase()),
    fc.tuple(fc.constantFrom(...ids), fc.constantFrom(" ", "#1", "\u0000", "/..", mark)).map((parts) => parts.join("")),
    fc.constantFrom("", ".", "..", "-", "call#x", "lane#default#action", "__proto__", "0".repeat(64), "0".repeat(65)),
    markedText,
  );

describe("whatever id is asked for", () => {
  test("is answered with that operation, or with 404 and nothing repeated", async () => {
    const { edge, waiting, done, failed } = await edgeWithOneOfEach();
    await fc.assert(
      fc.asyncProperty(idLike([waiting, done, failed]), async (id) => {
        const answer = await edge.read(id);
        if ([waiting, done, failed].some((known) => known === id))
          expect(JSON.parse(answer.text)).toMatchObject({ id, do: command.do });
        else expectProblem(answer, [404]);
        expect(edge.changes).toEqual([]);
      }),
    );
  });
});

test.each([
  { user, useAdobeID: true, do: [{ add: { group: ["Design"] } }, { removeFromOrg: {} }] },
  { user: "jdoe", domain: "example.com", requestID: "r-1", do: [{ update: { lastname: "Doe" } }] },
  { usergroup: "Design", do: [{ add: { user: ["ada@example.com"] } }, { deleteUserGroup: {} }] },
])("an operation is shown as it was submitted: %o", async (handedIn) => {
  const edge = await Edge.create();
  const [id = ""] = acceptedIds(await edge.submit({ headers: [asJson], body: Buffer.from(JSON.stringify(handedIn)) }));
  const { status, attempts, acceptedAt, updatedAt, ...shown } = JSON.parse((await edge.read(id)).text);
  expect({ status, attempts, acceptedAt, updatedAt }).toMatchObject({ status: "queued", attempts: 0 });
  expect(shown).toEqual({ id, ...handedIn });
});

describe("whatever is asked to be retried", () => {
  test("is queued once if it has failed, and otherwise refused with nothing queued and nothing repeated", async () => {
    const query = fc.oneof(
      fc.constantFrom("", "confirm=true", "confirm=false"),
      queryOf(["confirm"], ["true", "false", "TRUE", "1"]),
    );
    // The ids are the same in every world that is made the same way.
    const { waiting, done, failed } = await edgeWithOneOfEach();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(waiting, done, failed, failed), idLike([waiting, done, failed])),
        query,
        async (id, query) => {
          const { edge } = await edgeWithOneOfEach();
          const answer = await edge.retry(id, query);
          const isKnownQuery = ["", "confirm=true", "confirm=false"].includes(query);
          if (answer.status === 202) {
            expect(id).toBe(failed);
            expect(JSON.parse(answer.text)).toEqual({ id, status: "queued" });
            expect(await edge.takeQueued()).toMatchObject([{ id, generation: 1 }]);
            expectProblem(await edge.retry(id), [409]);
            expect(await edge.takeQueued()).toEqual([]);
            return;
          }
          if (id === failed) expect(isKnownQuery, query).toBe(false);
          const known = id === waiting || id === done;
          expectProblem(answer, isKnownQuery ? [known ? 409 : 404] : [400, known ? 409 : 404]);
          await expectUntouched(edge);
        },
      ),
      { numRuns: runs(80) },
    );
  });
});
