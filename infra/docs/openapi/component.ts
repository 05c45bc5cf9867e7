import type * as z from "zod/mini";

/** What is said of every time in an answer. */
export const utc = "ISO 8601, in UTC.";

/** A schema that the description names under `components.schemas`, and what it says of it. */
export interface Component {
  readonly id: string;
  readonly schema: z.core.$ZodType;
  readonly about: string;
  /** What each field is. */
  readonly words: Readonly<Record<string, string>>;
  /** Whether an object has exactly one of its fields. */
  readonly isChoice?: true;
}

/** A component that is an object. Its words name every field of the schema, and no other. */
export function component<Shape extends z.core.$ZodShape>(
  id: string,
  schema: z.ZodMiniType & { readonly shape: Shape },
  about: string,
  words: { readonly [Field in keyof Shape]: string },
): Component {
  return { id, schema, about, words };
}

/** A component that has no fields of its own, such as a list. */
export function plain(id: string, schema: z.core.$ZodType, about: string): Component {
  return { id, schema, about, words: {} };
}

/** A component that is an object with exactly one of its fields. */
export function choice<Shape extends z.core.$ZodShape>(...args: Parameters<typeof component<Shape>>): Component {
  return { ...component(...args), isChoice: true };
}
