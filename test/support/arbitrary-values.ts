import fc from "fast-check";
import * as z from "zod/mini";

/** What may stand in a value, by the fields that lead there. Of the texts, those are taken that the schema lets pass. */
export interface Choices {
  readonly texts: (path: readonly string[]) => readonly string[];
  readonly flags: (path: readonly string[]) => readonly boolean[];
}

/** Values of every form that the schema lets pass, with and without each field that may be left out. */
export function arbitraryValue(
  schema: z.core.$ZodType,
  choices: Choices,
  path: readonly string[] = [],
): fc.Arbitrary<unknown> {
  const lawful = (value: unknown) => z.safeParse(schema, value).success;
  if (schema instanceof z.core.$ZodString)
    return one(
      choices.texts(path).filter((text) => lawful(text)),
      path,
    );
  if (schema instanceof z.core.$ZodBoolean) return one(choices.flags(path), path);
  if (schema instanceof z.core.$ZodEnum) return one(Object.values(schema._zod.def.entries), path);
  if (schema instanceof z.core.$ZodLiteral) return one(schema._zod.def.values, path);
  if (schema instanceof z.core.$ZodUnion)
    return fc.oneof(...schema._zod.def.options.map((option) => arbitraryValue(option, choices, path)));
  if (schema instanceof z.core.$ZodArray)
    return fc.uniqueArray(arbitraryValue(schema._zod.def.element, choices, path), {
      minLength: 1,
      maxLength: 3,
      selector: (entry) => String(entry).toLowerCase(),
    });
  if (schema instanceof z.core.$ZodObject) {
    const fields = Object.entries(schema._zod.def.shape);
    const requiredKeys = fields.filter(([, field]) => !isOptional(field)).map(([name]) => name);
    const each = fields.map(([name, field]) => [name, arbitraryValue(inner(field), choices, [...path, name])]);
    return fc.record<Record<string, unknown>>(Object.fromEntries(each), { requiredKeys }).filter(lawful);
  }
  throw new Error(`No value is known for ${schema._zod.def.type} at ${path.join(".")}.`);
}

const isOptional = (schema: z.core.$ZodType): schema is z.core.$ZodOptional => schema instanceof z.core.$ZodOptional;

const inner = (schema: z.core.$ZodType): z.core.$ZodType => (isOptional(schema) ? schema._zod.def.innerType : schema);

function one(values: readonly unknown[], path: readonly string[]): fc.Arbitrary<unknown> {
  if (values.length === 0) throw new Error(`No value is known for ${path.join(".")}.`);
  return fc.constantFrom(...values);
}
