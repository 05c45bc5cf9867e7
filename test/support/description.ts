import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import * as z from "zod/mini";
import document from "../../docs/openapi.json" with { type: "json" };
import { type RouteName, routes } from "../../shared/api/routes.ts";
import type { FullAnswer } from "./edge.ts";

const example = z.object({ value: z.unknown() });
const mediaType = z.object({
  schema: z.record(z.string(), z.unknown()),
  examples: z.optional(z.record(z.string(), example)),
});
const headerSchema = z.object({ $ref: z.string() });
const responseSchema = z.object({
  headers: z.optional(z.record(z.string(), headerSchema)),
  content: z.record(z.string(), mediaType),
});
const operationSchema = z.object({
  operationId: z.string(),
  requestBody: z.optional(z.object({ content: z.record(z.string(), mediaType) })),
  responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), responseSchema])),
});

export type Response = z.infer<typeof responseSchema>;

const { paths, components } = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), operationSchema)),
    components: z.object({
      responses: z.record(z.string(), responseSchema),
      headers: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })),
    }),
  })
  .parse(document);

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
// References lead into the whole document. Its answers are read strictly: nothing is in them that it does not have.
ajv.addSchema(closed(document), "description");
const validators = new Map<string, ValidateFunction>();

/** The operation that the description has for a route. */
export function operationOf(name: RouteName): z.infer<typeof operationSchema> {
  const { method, path } = routes[name];
  const operation = paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`The description has no ${method} ${path}`);
  return operation;
}

/** The answer of this status that the description has for a route; undefined if it has none. */
export function responseOf(name: RouteName, status: number): Response | undefined {
  const response = operationOf(name).responses[status];
  return response !== undefined && "$ref" in response ? components.responses[lastPart(response.$ref)] : response;
}

/** Says what is wrong with a value by a schema of the description; nothing if it is valid. */
export function faultsIn(schema: object, value: unknown): string[] {
  const text = JSON.stringify(schema).replaceAll('"#/', '"description#/');
  const validate = validators.get(text) ?? ajv.compile(closed(JSON.parse(text)));
  validators.set(text, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Status, headers and body of the answer are in the description, and nothing is in them that it does not have. */
export function expectDescribed(name: RouteName, { status, headers, text }: FullAnswer): void {
  const response = responseOf(name, status);
  expect(response, `${name} ${status}: ${text}`).toBeDefined();
  const { "content-type": type = "", ...others } = headers;
  const described = new Map(
    Object.entries(response?.headers ?? {}).map(([header, { $ref }]) => [header.toLowerCase(), lastPart($ref)]),
  );
  for (const [header, value] of Object.entries(others)) {
    const schema = components.headers[described.get(header) ?? ""]?.schema;
    expect(schema, `${name} ${status} ${header}`).toBeDefined();
    expect(faultsIn(schema ?? {}, schema?.["type"] === "integer" ? Number(value) : value)).toEqual([]);
  }
  const schema = response?.content[type]?.schema;
  expect(schema, `${name} ${status} ${type}`).toBeDefined();
  expect(faultsIn(schema ?? {}, JSON.parse(text)), `${name} ${status}: ${text}`).toEqual([]);
}

const lastPart = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1);

/** The schemas in a document, none of which takes a key that it does not name. */
function closed(value: unknown): object {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    isObject(part) && part["type"] === "object" && isObject(part["properties"])
      ? { ...part, additionalProperties: part["additionalProperties"] ?? false }
      : part,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
