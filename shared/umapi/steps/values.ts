/** What may be done to the value of a step before it is sent. */
import type { Read } from "../../schema/read.ts";
import type { option } from "../fields.ts";

/** Memberships that Adobe takes in one step, all lists of the step together (UMAPI docs: "list_too_long"). */
const maxMembershipsPerStep = 10;

/** Adobe takes the value however large it is. */
export function whole<Value>(value: Value): readonly Value[] {
  return [value];
}

/** Cuts lists into values of ten entries. @param names of the lists, as keys, in the order in which they are cut */
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

/** The value is safe to send again. */
export function asItIs<Value>(value: Value): Value {
  return value;
}

/** A create whose first send may have been applied must not fail because it was. */
export function ignoringExisting<Create extends { readonly option?: Read<typeof option> }>(create: Create): Create {
  return { ...create, option: create.option ?? "ignoreIfAlreadyExists" };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
