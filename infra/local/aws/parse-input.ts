import type * as z from "zod/mini";

export type ParsedInput<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: "missing" | "malformed"; readonly member: string; readonly detail: string };

/**
 * Reads an action's input. Members that the schema does not name are ignored, as AWS ignores them. If the input does
 * not fit, `member` names the first wrong member, as in `Entries.0.Id`.
 */
export function parseInput<T>(schema: z.ZodMiniType<T>, input: unknown): ParsedInput<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const missing = path.length > 0 && valueAt(input, path) === undefined;
  return {
    ok: false,
    problem: missing ? "missing" : "malformed",
    member: path.map(String).join("."),
    detail: issue?.message ?? "Invalid input",
  };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
