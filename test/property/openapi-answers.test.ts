import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeNames } from "../../shared/api/contract.ts";
import { acceptedSchema } from "../../shared/api/operation.ts";
import { removalsViewSchema } from "../../shared/api/removals.ts";
import { type RouteName, routes } from "../../shared/api/routes.ts";
import { operationIdsOf } from "../../shared/operation/ids.ts";
import type { OperationId } from "../../shared/operation/operation.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { anySubmission, asJson, lawfulBody, markedText, queryOf } from "../support/arbitrary-requests.ts";
import { expectDescribed, faultsIn } from "../support/description.ts";
import { Edge, type EdgeRequest } from "../support/edge.ts";
import { commandsIn } from "../support/edge-answers.ts";
import { runs } from "../support/runs.ts";

interface Request extends EdgeRequest {
  readonly route: RouteName;
  /** Which of the operations that were accepted stands in the path; undefined for what is in `pathParameters`. */
  readonly known?: number;
  /** Whether the body has the hash of the held removals that were shown last. */
  readonly isOfShown?: true;
}

const key = fc.constantFrom("k1", "k2", "k3", "", "x".repeat(256), "\u0080");
const flags = queryOf(["testOnly", "confirm"], ["true", "false", "TRUE", "1", ""]);
const filters = queryOf(
  ["status", "user", "waiting", "call", "limit", "cursor"],
  [
    ...[
      "queued",
      "failed",
      "canceled",
      "superseded",
      "QUEUED",
      "ada@example.com",
      "held",
      "behind",
      "0",
      "1",
      "200",
      "201",
    ],
    ...["0".repeat(32), "-", "____", "z".repeat(201), ""],
  ],
);
const failedDelivery = "d".repeat(32);
const deliveryFilters = queryOf(
  ["source", "status", "limit", "cursor"],
  ["bamboohr", "failed", "queued", "set-up", "FAILED", "-", "0", "1", "201", "AAAA", ""],
);
const people = fc
  .array(
    fc.record(
      {
        record: fc.constantFrom("1", "2", ""),
        email: fc.constantFrom("ada@example.com", ""),
        username: fc.constant("ada"),
      },
      { requiredKeys: ["record"] },
    ),
    { maxLength: 3 },
  )
  .map((list) => Buffer.from(JSON.stringify({ people: list })));
const inPath = fc.oneof(fc.constantFrom("", "..", "__proto__", "0".repeat(32)), markedText);

const person = fc
  .record(
    {
      user: fc.constantFrom("ada@example.com", "nobody@example.com", "dora", ""),
      cursor: fc.constantFrom("eyJzdGF0dXMiOiJmYWlsZWQifQ", "AA", "-"),
    },
    { requiredKeys: ["user"] },
  )
  .map((body) => Buffer.from(JSON.stringify(body)));

const hash = fc.oneof(fc.constantFrom("", "0".repeat(12)), markedText).map((text) => bodyOf({ hash: text }));

/** A request of any route: half of them are as they should be. */
const request: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.oneof(lawfulBody.map(ofJson), anySubmission), fc.option(key, { nil: undefined }))
      .map(([submission, given]): Request => ({ route: "submit", ...submission, ...keyed(submission, given) })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      route: fc.constantFrom("operation", "retry", "cancel", "cancelCall"),
      known: fc.nat(),
      query: fc.oneof({ weight: 3, arbitrary: fc.constantFrom("", "confirm=true") }, { weight: 1, arbitrary: flags }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      route: fc.constantFrom("operation", "retry", "cancel", "cancelCall"),
      pathParameters: inPath.map((text) => ({ id: text, call: text })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ route: fc.constant("list"), query: filters }) },
  { weight: 1, arbitrary: fc.record({ route: fc.constant("deliveries"), query: deliveryFilters }) },
  {
    weight: 1,
    arbitrary: fc.record({
      route: fc.constant("retryDelivery"),
      pathParameters: fc.oneof(fc.constant(failedDelivery), inPath).map((id) => ({ id })),
      query: fc.oneof(fc.constant(""), flags),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.oneof(people.map(ofJson), anySubmission), fc.oneof(fc.constant("bamboohr"), inPath))
      .map(
        ([{ query: _none, ...asked }, source]): Request => ({ route: "seed", ...asked, pathParameters: { source } }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(person.map(ofJson), anySubmission)
      .map(({ query: _none, ...asked }): Request => ({ route: "erase", ...asked })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("releaseRemovals", "cancelRemovals"), fc.oneof(hash.map(ofJson), anySubmission))
      .map(([route, { query: _none, ...asked }]): Request => ({ route, ...asked })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      route: fc.constantFrom("lane", "pause", "resume", "removals", "openapi"),
      query: fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: flags }),
    }),
  },
);

function bodyOf(json: object): Uint8Array {
  return Buffer.from(JSON.stringify(json));
}

function ofJson(body: Uint8Array): EdgeRequest {
  return { headers: [asJson], body };
}

function keyed({ headers = [] }: EdgeRequest, given: string | undefined): EdgeRequest {
  return given === undefined ? {} : { headers: [...headers, ["Idempotency-Key", given]] };
}

const nobodys = `${"0".repeat(32)}-000`;
const error = { code: "error.user.nonexistent", message: "No such user" };

function idsIn(text: string): OperationId[] {
  const { operations } = acceptedSchema.parse(JSON.parse(text));
  return operationIdsOf(operations[0]?.id.split("-")[0] ?? "", operations.length);
}

/** Sends the requests one after another, a minute apart; every other operation fails at once. @returns what was seen */
async function session(requests: readonly Request[]): Promise<string[]> {
  const edge = await Edge.create();
  await edge.deliveries.write({
    id: failedDelivery,
    source: "bamboohr",
    record: "1",
    payload: "{}",
    receivedAt: 0,
    arrivals: 1,
    status: "failed",
    error: { code: "mapping-failed", message: "The mapping failed." },
    updatedAt: 0,
    revision: 0,
  });
  const ids: OperationId[] = [];
  const seen: string[] = [];
  let shown = "";
  for (const { route, known, isOfShown, ...asked } of requests) {
    const id = known === undefined ? undefined : (ids[known % ids.length] ?? nobodys);
    const named = id === undefined ? {} : { pathParameters: { id, call: id.slice(0, 32) } };
    const decided = isOfShown === undefined ? {} : ofJson(bodyOf({ hash: shown }));
    const answer = await edge.call(route, { ...asked, ...named, ...decided });
    expectDescribed(route, answer);
    expect(answer.status, answer.text).toBeLessThan(500);
    seen.push(`${route} ${answer.status}`);
    if (route === "removals" && answer.status === 200)
      shown = removalsViewSchema.parse(JSON.parse(answer.text)).hash ?? "";
    if (route === "submit" && answer.status === 202)
      for (const id of idsIn(answer.text)) {
        ids.push(id);
        if (ids.length % 2 === 0) await edge.finish(id, { kind: "failed", error });
      }
    await edge.clock.advance(60_000);
  }
  return seen;
}

const twoCommands = [
  { user: "ada@example.com", do: [{ remove: "all" }] },
  { usergroup: "g", do: [{ deleteUserGroup: {} }] },
];
/** One more than go, and then one more. */
const removals = Array.from({ length: 101 }, (_, index) => ({
  user: `p${index}@example.com`,
  do: [{ remove: "all" }],
}));
const decisions = [[removals, "releaseRemovals"] as const, [removals[0] ?? {}, "cancelRemovals"] as const].flatMap(
  ([submitted, route]): Request[] => [
    { route: "submit", ...ofJson(bodyOf(submitted)) },
    { route: "removals" },
    { route, isOfShown: true },
    { route: route === "releaseRemovals" ? "cancelRemovals" : "releaseRemovals", isOfShown: true },
  ],
);
/** Of the two operations the second fails at once. */
const everyRoute: Request[] = [
  { route: "submit", ...ofJson(Buffer.from(JSON.stringify(twoCommands))) },
  ...(["operation", "cancel", "retry", "cancelCall"] as const).flatMap((route) => [
    { route, known: 1 },
    { route, known: 0 },
  ]),
  { route: "erase", ...ofJson(Buffer.from(JSON.stringify({ user: "nobody@example.com" }))) },
  { route: "deliveries" },
  ...["first", "again"].map((): Request => ({ route: "retryDelivery", pathParameters: { id: failedDelivery } })),
  {
    route: "seed",
    ...ofJson(Buffer.from(JSON.stringify({ people: [{ record: "1", email: "ada@example.com" }] }))),
    pathParameters: { source: "bamboohr" },
  },
  ...decisions,
  ...(["list", "lane", "pause", "resume", "openapi"] as const).map((route) => ({ route })),
];

describe("whatever is asked", () => {
  test("is answered by status, headers and body as the description says, and never with a 5xx", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        for (const each of await session(requests)) seen.add(each);
      }),
      { numRuns: runs(60), examples: [[everyRoute]] },
    );
    const refused = ["retry 409", "cancel 409", "releaseRemovals 409", "cancelRemovals 409"];
    const good = routeNames.map((name) => `${name} ${routes[name].status}`);
    expect([...seen]).toEqual(expect.arrayContaining([...good, ...refused]));
  });

  test("is answered so where the queue takes nothing, or not everything", async () => {
    await fc.assert(
      fc.asyncProperty(lawfulBody, fc.nat({ max: 2 }), async (body, after) => {
        const edge = await Edge.create();
        edge.sqs.refuse({ action: "SendMessageBatch", after, times: 6 });
        const answer = await edge.call("submit", ofJson(body));
        expectDescribed("submit", answer);
        expect([202, 503]).toContain(answer.status);
      }),
      { numRuns: runs(30) },
    );
  });
});

const submission = { $ref: "#/components/schemas/Submission" };

describe("the schema of what submits", () => {
  test("takes every lawful command, in each of the three forms", () => {
    fc.assert(
      fc.property(arbitraryCommand({ maxSteps: 6 }), (command) => {
        for (const body of [command, [command], { operations: [command] }])
          expect(faultsIn(submission, body)).toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });

  test("takes whatever the service takes", async () => {
    await fc.assert(
      fc.asyncProperty(anySubmission, async (asked) => {
        const edge = await Edge.create();
        const { status } = await edge.submit(asked);
        if (status === 202)
          expect(faultsIn(submission, { operations: commandsIn(asked.body ?? new Uint8Array()) })).toEqual([]);
      }),
      { numRuns: runs(100) },
    );
  });

  test.each<[string, unknown]>([
    ["no command", {}],
    ["an empty list", []],
    ["too many", Array(501).fill({ user: "a@example.com", do: [{ remove: "all" }] })],
    ["another key", { user: "a@example.com", do: [{ remove: "all" }], more: 1 }],
    ["both roots", { user: "a@example.com", usergroup: "g", do: [{ remove: "all" }] }],
    ["no step", { user: "a@example.com", do: [] }],
    ["a step of two", { user: "a@example.com", do: [{ remove: "all", removeFromOrg: {} }] }],
    ["a step of none", { user: "a@example.com", do: [{}] }],
    ["a step of another root", { usergroup: "g", do: [{ removeFromOrg: {} }] }],
    ["an update of nothing", { user: "a@example.com", do: [{ update: {} }] }],
    ["a list of no names", { user: "a@example.com", do: [{ add: { group: [] } }] }],
    ["a name twice", { user: "a@example.com", do: [{ add: { group: ["g", "g"] } }] }],
    ["a name that is too long", { usergroup: "g".repeat(256), do: [{ deleteUserGroup: {} }] }],
    ["a time that is none", { user: "a@example.com", do: [{ remove: "all" }], notBefore: "tomorrow" }],
  ])("refuses %s, as the service does", async (_, body) => {
    expect(faultsIn(submission, body)).not.toEqual([]);
    const edge = await Edge.create();
    expect((await edge.submit(ofJson(Buffer.from(JSON.stringify(body))))).status).toBe(422);
  });
});
