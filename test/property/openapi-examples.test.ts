import { describe, expect, test } from "vitest";
import { examples } from "../../infra/docs/openapi/examples/examples.ts";
import {
  exampleCall,
  exampleHeld,
  exampleId,
  exampleKey,
  exampleLeaver,
  exampleTime,
} from "../../infra/docs/openapi/examples/story.ts";
import { joiner } from "../../infra/docs/openapi/examples/submit.ts";
import { routeNames } from "../../shared/api/contract.ts";
import { type RouteName, routes } from "../../shared/api/routes.ts";
import { asJson } from "../support/arbitrary-requests.ts";
import { itemAt } from "../support/commands.ts";
import { expectDescribed, faultsIn, operationOf, responseOf } from "../support/description.ts";
import { Edge } from "../support/edge.ts";

const key: readonly [string, string] = ["Idempotency-Key", exampleKey];
const submission = (body: object) => ({ headers: [asJson, key], body: Buffer.from(JSON.stringify(body)) });

/** Where the joiner of the examples has been submitted. */
async function afterJoiner(): Promise<Edge> {
  const edge = await Edge.create(Date.parse(exampleTime));
  expect((await edge.submit(submission(joiner))).status).toBe(202);
  return edge;
}

async function afterFailure(): Promise<Edge> {
  const edge = await afterJoiner();
  const { id } = itemAt(await edge.takeQueued(), 0);
  const error = { code: "error.group.not_found", message: "Group TestGroup1 was not found", step: 1 };
  await edge.finish(id, { kind: "failed", error });
  return edge;
}

async function afterSuperseded(): Promise<Edge> {
  const edge = await afterJoiner();
  const { id } = itemAt(await edge.takeQueued(), 0);
  await edge.finish(id, { kind: "superseded", by: exampleLeaver });
  return edge;
}

/** Where removals above the limit have been submitted, and shown. */
async function afterRemovals(): Promise<Edge> {
  const edge = await Edge.create(Date.parse(exampleTime));
  const removals = Array.from({ length: 100 + exampleHeld }, (_, index) => ({
    user: `p${index}@example.com`,
    do: [{ removeFromOrg: {} }],
  }));
  expect((await edge.submit(submission(removals))).status).toBe(202);
  expect((await edge.call("removals", {})).status).toBe(200);
  return edge;
}

/** How it comes to what an example shows. @default - the joiner waits */
const before: Readonly<Record<string, () => Promise<Edge>>> = {
  "operation failed": afterFailure,
  "operation superseded": afterSuperseded,
  "retry retried": afterFailure,
  "retry superseded": afterSuperseded,
  "cancel failed": afterFailure,
  "erase erased": afterFailure,
  "removals held": afterRemovals,
  "releaseRemovals released": afterRemovals,
  "cancelRemovals canceled": afterRemovals,
};

const named = (name: RouteName) => examples[name].map((example) => [example.name, example] as const);

describe.each(routeNames.filter((name) => examples[name].length > 0))("an example of %s", (route) => {
  test.each(named(route))("is answered as the description says: %s", async (name, { body, status, answer }) => {
    const edge =
      route === "submit"
        ? await Edge.create(Date.parse(exampleTime))
        : await (before[`${route} ${name}`] ?? afterJoiner)();
    const inPath = new Set(routes[route].path.match(/\w+(?=\})/g));
    const pathParameters = Object.fromEntries(
      Object.entries({ id: exampleId, call: exampleCall, source: "bamboohr" }).filter(([parameter]) =>
        inPath.has(parameter),
      ),
    );
    const given = await edge.call(route, { pathParameters, ...(body === undefined ? {} : submission(body)) });
    expect([given.status, JSON.parse(given.text)]).toEqual([status, answer]);
    expectDescribed(route, given);

    const told = responseOf(route, status)?.content[given.headers["content-type"] ?? ""];
    expect(told?.examples?.[name]?.value).toEqual(answer);
  });
});

test.each(Object.entries(operationOf("submit").requestBody?.content["application/json"]?.examples ?? {}))(
  "The request %s is valid by its schema",
  (_, { value }) => {
    const { schema = {} } = operationOf("submit").requestBody?.content["application/json"] ?? {};
    expect(faultsIn(schema, value)).toEqual([]);
  },
);

test("Every example of a request has an answer of the same name, and every route but the description's own has one", () => {
  const { requestBody, responses } = operationOf("submit");
  const asked = Object.keys(requestBody?.content["application/json"]?.examples ?? {});
  const answered = Object.keys(responses).flatMap((status) =>
    Object.values(responseOf("submit", Number(status))?.content ?? {}).flatMap(({ examples = {} }) =>
      Object.keys(examples),
    ),
  );
  expect(asked.length).toBeGreaterThan(3);
  expect(answered.toSorted()).toEqual(asked.toSorted());
  for (const name of routeNames) if (name !== "openapi") expect(examples[name].length, name).toBeGreaterThan(0);
});
