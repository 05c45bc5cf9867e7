import * as z from "zod/mini";

const versionSchema = z.looseObject({ v: z.exactOptional(z.int().check(z.positive())) });

/** A stored form with its version. */
export function versioned<Form extends object>(v: number, form: Form): Form & { readonly v: number } {
  return { v, ...form };
}

/**
 * A stored form without its version. A newer version is refused, even if its fields look familiar: the number changes
 * only if the fields mean something else, or if ignoring a new one would do harm.
 *
 * @param known the newest version that this code can read; a form without a version has version 1
 * @returns undefined if it cannot be read
 */
export function unversioned(json: unknown, known: number): Readonly<Record<string, unknown>> | undefined {
  const parsed = versionSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { v = 1, ...form } = parsed.data;
  return v <= known ? form : undefined;
}

/** Whether a stored form is of a version that this code does not know yet. */
export function isNewer(json: unknown, known: number): boolean {
  const { data } = versionSchema.safeParse(json);
  return data?.v !== undefined && data.v > known;
}
