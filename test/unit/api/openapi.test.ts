import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { openapiPage } from "../../../infra/docs/openapi/document.ts";
import { contract, routeNames } from "../../../shared/api/contract.ts";
import { problem } from "../../../shared/api/problem.ts";
import { type RouteName, routes } from "../../../shared/api/routes.ts";
import { stepFacts } from "../../../shared/umapi/steps/facts.ts";
import { operationOf, responseOf } from "../../support/description.ts";

const page = readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8");
const { paths, components } = JSON.parse(page);

test("docs/openapi.json is as the contract says; after a change, run npm run docs", () => {
  expect(page).toBe(openapiPage());
});

test("It is OpenAPI 3.1", async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(page))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test("It has every route of the contract, and no other", () => {
  const described = Object.entries<Record<string, { operationId: string }>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [operationId, method.toUpperCase(), path]),
  );
  expect(described.toSorted()).toEqual(
    routeNames.map((name) => [name, routes[name].method, routes[name].path]).toSorted(),
  );
});

describe.each(routeNames)("what it says of %s", (name) => {
  test("has the answer when all is well, and every problem under its status", () => {
    expect(responseOf(name, routes[name].status)?.content["application/json"]).toBeDefined();
    for (const kind of contract[name].problems) {
      const { status, type } = problem(kind, "");
      const schema = responseOf(name, status)?.content["application/problem+json"]?.schema;
      expect(schema, kind).toMatchObject({ properties: { type: { enum: expect.arrayContaining([type]) } } });
    }
  });

  test("has whom API Gateway lets in, and how many", () => {
    for (const status of [401, 403, 429]) expect(responseOf(name, status)).toBeDefined();
  });

  test("names every parameter of path and query, with words", () => {
    const { parameters = [] } = paths[routes[name].path][routes[name].method.toLowerCase()];
    expect(namesIn(parameters, "path")).toEqual([...routes[name].path.matchAll(/\{(\w+)\}/g)].map(([, id]) => id));
    expect(namesIn(parameters, "query")).toEqual(Object.keys(contract[name].query?.shape ?? {}));
    for (const { description } of parameters) expect(description).toMatch(/\.$/);
  });
});

const namesIn = (parameters: { readonly name: string; readonly in: string }[], place: string) =>
  parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);

test("It has every step of the catalogue", () => {
  expect(Object.keys(components.schemas.UserStep.properties)).toEqual([...stepFacts.user.keys()]);
  expect(Object.keys(components.schemas.UserGroupStep.properties)).toEqual([...stepFacts.usergroup.keys()]);
});

test("It leaves room for what a newer service says, and says which keys requests may have", () => {
  for (const name of ["Operation", "Waiting", "Lane", "Problem", "OperationsPage"])
    expect(components.schemas[name]).not.toHaveProperty("additionalProperties");
  for (const name of ["UserOperation", "UserGroupOperation", "UserStep", "UserGroupStep"])
    expect(components.schemas[name]).toMatchObject({ additionalProperties: false });
});

test("Every reference leads somewhere", () => {
  for (const [, pointer = ""] of page.matchAll(/"\$ref": "#\/([^"]+)"/g)) {
    const found = pointer.split("/").reduce<unknown>((part, key) => Object(part)[key], JSON.parse(page));
    expect(found, pointer).toBeTypeOf("object");
  }
});

test.each<[RouteName, number[]]>([
  ["submit", [202, 400, 409, 413, 415, 422, 503]],
  ["cancel", [200, 400, 404, 409]],
  ["lane", [200, 400]],
])("The statuses of %s are those of its problems", (name, statuses) => {
  expect(Object.keys(operationOf(name).responses).map(Number)).toEqual(expect.arrayContaining(statuses));
  expect(responseOf(name, 418)).toBeUndefined();
});
