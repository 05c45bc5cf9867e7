import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { contract, routeNames } from "../../../shared/api/contract.ts";
import { type RouteName, routes } from "../../../shared/api/routes.ts";
import { apiRoutes, type Right } from "../../api-routes.ts";
import { examples } from "./examples/examples.ts";
import { parametersOf } from "./parameters.ts";
import { componentResponses, responsesOf } from "./responses.ts";
import { routeWords } from "./route-words.ts";
import { componentOf, componentSchemas } from "./schemas.ts";
import { headers, info, securitySchemes, tags } from "./whole.ts";

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")));

/** By the right that a route needs. */
const grants: Readonly<Record<Right, string>> = {
  submit: "Needs the right to submit (`grantSubmit`).",
  read: "Needs the right to read (`grantRead`).",
  operate: "Needs the right to operate (`grantOperate`).",
};

/** The API's description by OpenAPI 3.1, made from the contract in `shared/api`. */
function openapiDocument() {
  const paths: Record<string, Record<string, object>> = {};
  for (const name of routeNames) {
    const { method, path } = routes[name];
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name) };
  }
  return {
    openapi: "3.1.1",
    info: { ...info, version },
    servers: [{ url: "/", description: "Where this document is read." }],
    security: [{ sigv4: [] }, { jwt: [] }],
    tags,
    paths,
    components: {
      schemas: { ...componentSchemas(), GatewayMessage: gatewayMessage },
      responses: componentResponses(),
      headers,
      securitySchemes,
    },
  };
}

/** As it is kept in `docs/`. */
export function openapiPage(): string {
  return `${JSON.stringify(openapiDocument(), null, 2)}\n`;
}

function operationOf(name: RouteName): object {
  const { tag, summary, description } = routeWords[name];
  const parameters = parametersOf(name);
  const { method, path } = routes[name];
  const needed = apiRoutes.filter((route) => route.method === method && route.path === path);
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: [description, ...needed.map(({ right }) => grants[right])].join(" "),
    ...(parameters.length > 0 && { parameters }),
    ...(contract[name].body && { requestBody: bodyOf(name, contract[name].body) }),
    responses: responsesOf(name),
  };
}

function bodyOf(name: RouteName, schema: z.core.$ZodType): object {
  const told = examples[name].flatMap(({ name, summary, body }) =>
    body === undefined ? [] : [[name, { summary, value: body }] as const],
  );
  return {
    required: true,
    content: { "application/json": { schema: componentOf(schema), examples: Object.fromEntries(told) } },
  };
}

const gatewayMessage = {
  description: "An answer of API Gateway itself.",
  type: "object",
  properties: { message: { type: "string", description: "What is wrong, in few words." } },
  required: ["message"],
};
