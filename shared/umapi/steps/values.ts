/** Changes to the value of a step before it is sent. */
import type { Read } from "../../schema/read.ts";
import type { option } from "../fields.ts";

/** The most memberships that Adobe takes in one step, in all lists together (UMAPI docs: "list_too_long"). */
const maxMembershipsPerStep = 10;

/** Leaves the value whole, because Adobe takes any size. */
export function whole<Value>(value: Value): readonly Value[] {
  return [value];
}

/**
 * Cuts lists into values of ten entries. @param names the names of the lists as keys, in the order in which they are
 * cut
 */
export function inTens<Names extends object>(names: Names) {
  const order: (keyof Names)[] = [];
  for (const name in names) order.push(name);
  type Lists = { readonly [Name in keyof Names]?: readonly string[] };
  return (lists: Lists): readonly Lists[] => {
    const entries = order.flatMap((name) => (lists[name] ?? []).map((entry) => ({ name, entry })));
    return chunks(entries, maxMembershipsPerStep).map((chunk) => {
      const cut: { [Name in keyof Names]?: string[] } = {};
      for (const { name, entry } of chunk) cut[name] = [...(cut[name] ?? []), entry];
      return cut;
    });
  };
}

/** Leaves the word "all" as it is, and cuts anything else by `cut`. */
export function unlessAll<Lists>(cut: (lists: Lists) => readonly Lists[]) {
  return (value: Lists | "all"): readonly (Lists | "all")[] => (value === "all" ? [value] : cut(value));
}

/** Leaves the value as it is, because it is safe to send again. */
export function asItIs<Value>(value: Value): Value {
  return value;
}

/** Adds an option to a create, so that it does not fail if its first send was applied. */
export function ignoringExisting<Create extends { readonly option?: Read<typeof option> }>(create: Create): Create {
  return { ...create, option: create.option ?? "ignoreIfAlreadyExists" };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
