import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { kindOfProblem, problem, problemSchema } from "../../../shared/api/problem.ts";
import { listQuerySchema, retryQuerySchema, submitQuerySchema } from "../../../shared/api/queries.ts";
import { operationRequestSchema, submitBodySchema } from "../../../shared/api/requests.ts";
import { routeKey, routes } from "../../../shared/api/routes.ts";
import { isOf } from "../../../shared/schema/is-of.ts";
import { stepFacts } from "../../../shared/umapi/steps/facts.ts";
import { strictly } from "../../support/strictly.ts";

const answers = Object.entries(routes).map(([name, { answer }]) => [`the answer of ${name}`, answer] as const);

/** As OpenAPI 3.1 has it. @throws Error for what no schema of JSON can say */
const told = (schema: z.ZodMiniType, io: "input" | "output") =>
  z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "throw" });

test.each<readonly [string, z.ZodMiniType]>([...answers, ["a problem", problemSchema]])(
  "%s can be told in JSON Schema, with its fields",
  (_, schema) => {
    const { type, properties = {} } = told(schema, "output");
    expect(type).toBe("object");
    expect(Object.keys(properties).length).toBeGreaterThan(0);
  },
);

test.each<readonly [string, z.ZodMiniType]>([
  ["the query of a submit", submitQuerySchema],
  ["the query of a retry", retryQuerySchema],
  ["the query of a listing", listQuerySchema],
])("%s can be told in JSON Schema, and takes no other parameter", (_, schema) => {
  expect(told(schema, "input")).toMatchObject({ type: "object", additionalProperties: false });
});

test("what submits can be told in JSON Schema, with every step of the catalogue", () => {
  const text = JSON.stringify(told(submitBodySchema, "input"));
  for (const facts of Object.values(stepFacts))
    for (const name of facts.keys()) expect(text).toContain(JSON.stringify(name));
});

test("No two routes are called alike", () => {
  const keys = [...Object.keys(routes)].map((name) => (name in routes ? name : ""));
  expect(new Set(Object.values(routes).map(({ method, path }) => `${method} ${path}`)).size).toBe(keys.length);
  expect(routeKey("cancelCall")).toBe("POST /v1/calls/{call}/cancel");
});

describe("an answer", () => {
  const view = {
    id: "call-000",
    status: "queued",
    attempts: 0,
    acceptedAt: "2027-01-05T09:00:00.000Z",
    updatedAt: "2027-01-05T09:00:00.000Z",
  };

  test.each<readonly [string, object]>([
    ["a field of its own", { ...view, lane: "second" }],
    ["a field further in", { ...view, waiting: { reason: "held", since: 3 } }],
    ["a reason that is not known", { ...view, waiting: { reason: "removal-limit" } }],
    [
      "an error of other fields",
      { ...view, status: "failed", error: { code: "c", message: "m", certain: true, at: 1 } },
    ],
  ])("of a newer service may have %s; of this one it has none", (_, newer) => {
    expect(isOf(routes.operation.answer, newer)).toBe(true);
    const isKnown = "waiting" in newer && JSON.stringify(newer).includes("removal-limit");
    if (!isKnown) expect(() => strictly(routes.operation.answer, newer)).toThrow("more than the contract has");
  });

  test.each<readonly [string, object]>([
    ["no id", { ...view, id: undefined }],
    ["another status", { ...view, status: "done" }],
    ["a time of day", { ...view, updatedAt: "09:00" }],
    ["half an attempt", { ...view, attempts: 0.5 }],
    ["a step that is a text", { ...view, error: { code: "c", message: "m", certain: true, step: "1" } }],
  ])("with %s is not one", (_, other) => {
    expect(isOf(routes.operation.answer, other)).toBe(false);
  });
});

test("What submits is a command, a list, or an object with a list; each may wait for a time", () => {
  const command = { user: "a@example.com", do: [{ remove: "all" }], notBefore: "2027-01-05T09:00:00+01:00" };
  for (const body of [command, [command], { operations: [command, { usergroup: "g", do: [{ deleteUserGroup: {} }] }] }])
    expect(isOf(submitBodySchema, body)).toBe(true);
  for (const body of [[], { operations: [] }, Array(501).fill(command), 5, { operations: [command], more: 1 }])
    expect(isOf(submitBodySchema, body)).toBe(false);
  expect(isOf(operationRequestSchema, { ...command, notBefore: "tomorrow" })).toBe(false);
});

test("A problem tells its kind, and one of tomorrow tells none", () => {
  expect(kindOfProblem(problem("overtaken", "Newer work."))).toBe("overtaken");
  expect(kindOfProblem(problem("in-flight", "Being sent."))).toBe("in-flight");
  for (const type of ["urn:problem-type:umapi-workers:of-tomorrow", "about:blank", "overtaken"])
    expect(kindOfProblem({ ...problem("ended", "Ended."), type })).toBeUndefined();
});
