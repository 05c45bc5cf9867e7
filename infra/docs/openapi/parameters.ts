import type * as z from "zod/mini";
import { contract } from "../../../shared/api/contract.ts";
import { sourceNameSchema } from "../../../shared/api/delivery.ts";
import { listQuerySchema } from "../../../shared/api/queries.ts";
import { type RouteName, routes } from "../../../shared/api/routes.ts";
import { maxIdempotencyKeyCharacters } from "../../../shared/operation/limits.ts";
import { exampleCall, exampleId, exampleKey } from "./examples/story.ts";
import { routeWords } from "./route-words.ts";
import { schemaOf } from "./schemas.ts";

/** A parameter as OpenAPI has it. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: true;
  readonly description: string | undefined;
  readonly schema: z.core.JSONSchema.BaseSchema;
  readonly example?: string;
}

const pathParameters: Readonly<Record<string, Omit<Parameter, "name" | "in" | "required">>> = {
  id: { description: "The operation's id, or the delivery's.", schema: { type: "string" }, example: exampleId },
  source: {
    description: "The name of a source of webhooks.",
    schema: schemaOf(sourceNameSchema),
    example: "bamboohr",
  },
  call: {
    description: "The call's name: what the ids of its operations have before the hyphen.",
    schema: schemaOf(listQuerySchema.shape.call),
    example: exampleCall,
  },
};

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "Makes a repeat safe: for 14 days, and for as long after the last `notBefore` of the call, the same key with the same body means the same operations. It belongs to its caller; a role is one caller, whatever the session. After a 503 a repeat continues where the call stopped.",
  schema: { type: "string", minLength: 1, maxLength: maxIdempotencyKeyCharacters, pattern: "^[ -~]*$" },
  example: exampleKey,
};

/** Every parameter of a route. */
export function parametersOf(name: RouteName): Parameter[] {
  const { query, isKeyed } = contract[name];
  const inPath = [...routes[name].path.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => parameter);
  return [
    ...inPath.map((parameter): Parameter => {
      const told = pathParameters[parameter];
      if (told === undefined) throw new Error(`The description has no words for the path parameter ${parameter}.`);
      return { name: parameter, in: "path", required: true, ...told };
    }),
    ...Object.entries(query?.shape ?? {}).map(
      ([parameter, schema]): Parameter => ({
        name: parameter,
        in: "query",
        description: routeWords[name].query?.[parameter],
        schema: parameter === "limit" ? pageSize : schemaOf(schema),
      }),
    ),
    ...(isKeyed ? [idempotencyKey] : []),
  ];
}

/** A query is text. Whoever generates a client from the description wants a number. */
const pageSize = { type: "integer", minimum: 1, maximum: 200, default: 50 } as const;
