import { isDeepStrictEqual } from "node:util";
import type * as z from "zod/mini";

/** Reads what must be as the schema has it, and not a key more at any depth. @throws Error otherwise */
export function strictly<Schema extends z.ZodMiniType>(schema: Schema, json: unknown): z.output<Schema> {
  const known = schema.parse(json);
  if (isDeepStrictEqual(known, json)) return known;
  throw new Error(
    `There is more than the contract has: ${JSON.stringify(json)}, of which it has ${JSON.stringify(known)}`,
  );
}
