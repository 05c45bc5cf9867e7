import type * as z from "zod/mini";

/**
 * Whether a value has all that the schema asks for. What it has besides stays: a newer service may say more. Only for
 * schemas that change nothing on reading.
 */
export function isOf<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): value is z.output<Schema> {
  return schema.safeParse(value).success;
}
