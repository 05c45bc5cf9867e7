import * as z from "zod/mini";
import { count, time } from "../../../shared/api/operation.ts";
import { statusSchema } from "../../../shared/operation/status.ts";
import { requestComponents } from "./commands.ts";
import type { Component } from "./component.ts";
import { deliveryComponents } from "./deliveries.ts";
import { operationComponents } from "./operations.ts";
import { otherComponents } from "./others.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

export const refTo = (id: string) => `#/components/schemas/${id}`;

/** `components.schemas` of the description. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    ...schemasOf(requestComponents, "input"),
    ...schemasOf([...operationComponents, ...otherComponents, ...deliveryComponents], "output"),
  };
}

/** The schema as the description refers to it: by its name, if it has one. */
export function componentOf(schema: z.core.$ZodType): JsonSchema {
  const component = all.find((each) => each.schema === schema);
  return component === undefined ? schemaOf(schema) : { $ref: refTo(component.id) };
}

const all = [...requestComponents, ...operationComponents, ...otherComponents, ...deliveryComponents];

/** A schema of no name, as JSON Schema. */
export function schemaOf(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _dialect, ...told } = z.toJSONSchema(schema, { io: "input", override: tidied("input") });
  return told;
}

function schemasOf(components: readonly Component[], io: "input" | "output"): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const { id, schema } of components) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri: refTo, override: tidied(io) });
  return Object.fromEntries(
    components.map(({ id, about, words, isChoice }) => {
      const { $schema: _dialect, $id: _name, properties, ...told } = schemas[id] ?? {};
      return [
        id,
        {
          description: about,
          ...told,
          ...(isChoice && { minProperties: 1, maxProperties: 1 }),
          ...(properties && { properties: described(properties, words) }),
        },
      ];
    }),
  );
}

function described(properties: NonNullable<JsonSchema["properties"]>, words: Component["words"]) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      typeof schema === "object" ? { ...schema, description: together(words[name] ?? "", schema.description) } : schema,
    ]),
  );
}

/** What a field is, and which values it takes. */
function together(meaning: string, values: string | undefined): string {
  return values === undefined ? meaning : `${meaning} Expected: ${values}.`;
}

type Override = NonNullable<z.core.ToJSONSchemaParams["override"]>;

/** Adds what schemas know and JSON Schema can say besides, and takes out what says nothing. */
function tidied(io: "input" | "output"): Override {
  return ({ zodSchema, jsonSchema }) => {
    const { description } = z.globalRegistry.get(zodSchema) ?? {};
    if (description !== undefined) jsonSchema.description = description;
    // A newer service may say more.
    if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    // No call has a name twice in one list, nor an empty object where fields are to be named.
    if (io === "input" && jsonSchema.type === "array" && isText(jsonSchema.items)) jsonSchema.uniqueItems = true;
    if (io === "input" && isNeverEmpty(zodSchema)) jsonSchema.minProperties = 1;
    if (zodSchema === time) jsonSchema.format = "date-time";
    if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    if (zodSchema === count) delete jsonSchema.maximum;
    // An enumeration would make generated clients refuse what a newer service adds.
    if (io === "output" && zodSchema === statusSchema) delete jsonSchema.enum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    delete jsonSchema.propertyNames;
  };
}

const isText = (items: JsonSchema["items"]) =>
  typeof items === "object" && !Array.isArray(items) && items.type === "string";

/** Whether an object of no required field must have one all the same. */
function isNeverEmpty(schema: z.core.$ZodType): boolean {
  if (!(schema instanceof z.core.$ZodObject)) return false;
  const isOptional = (field: z.core.$ZodType) => field._zod.optin === "optional";
  return Object.values(schema._zod.def.shape).every(isOptional) && !z.safeParse(schema, {}).success;
}
