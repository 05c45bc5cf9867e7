// An import through `z.core` would bring every locale of zod into the bundles.
import * as core from "zod/v4/core";
import { userCommand, userGroupCommand } from "./roots.ts";

/**
 * Every key that a command can have, at any depth. Answers must not show any other key, which might be personal data.
 */
export const commandKeys: ReadonlySet<string> = new Set([userCommand, userGroupCommand].flatMap(keysIn));

function keysIn(schema: core.$ZodType): string[] {
  if (schema instanceof core.$ZodOptional) return keysIn(schema._zod.def.innerType);
  if (schema instanceof core.$ZodPipe) return keysIn(schema._zod.def.in);
  if (schema instanceof core.$ZodArray) return keysIn(schema._zod.def.element);
  if (schema instanceof core.$ZodUnion) return schema._zod.def.options.flatMap(keysIn);
  if (!(schema instanceof core.$ZodObject)) return [];
  return Object.entries(schema._zod.def.shape).flatMap(([name, field]) => [name, ...keysIn(field)]);
}
