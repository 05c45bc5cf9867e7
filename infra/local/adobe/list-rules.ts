import type { JsonObject } from "./field-rules.ts";
import { Refusal } from "./refusal.ts";

const MAX_MEMBERSHIPS = 10;

export interface ListRules {
  /** Code for an empty list or an entry that is not a name. */
  readonly invalid: string;
  /** Code for a name of more than `maxLength` characters. */
  readonly tooLong: string;
  readonly maxLength: number;
  /** Code for a name given twice. */
  readonly duplicate: string;
}

const GROUP_NAMES = { tooLong: "error.command.add_remove.group_or_product_name_too_long", maxLength: 255 };

/** User groups, profiles and administrative groups. */
export const GROUPS: ListRules = {
  ...GROUP_NAMES,
  invalid: "error.group.invalid_list",
  duplicate: "error.command.add_remove.duplicate.usergroup_list",
};

/** UMAPI docs: all faults of a user in a list, including its length, have one code. */
export const USERS: ListRules = {
  invalid: "error.user.user_list.invalid",
  tooLong: "error.user.user_list.invalid",
  maxLength: 250,
  duplicate: "error.command.add_remove.duplicate.user_list",
};

const PRODUCTS: ListRules = {
  ...GROUP_NAMES,
  invalid: "error.group.invalid_list",
  duplicate: "error.command.add_remove.duplicate.product_list",
};

/** The names under `key`, or none if it is absent. */
export function names(value: JsonObject, key: string, rules: ListRules): string[] {
  const list = value[key];
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    throw new Refusal("error.command.add_remove.list_not_array", `List must be an array: ${key}`);
  }
  if (list.length === 0) throw new Refusal(rules.invalid, `List is empty: ${key}`);
  const found = list.map((entry: unknown) => {
    if (typeof entry !== "string" || entry.trim() === "")
      throw new Refusal(rules.invalid, `Invalid entry in list: ${key}`);
    if (entry.length > rules.maxLength) {
      throw new Refusal(rules.tooLong, `Name too long in list: ${key}, max length ${rules.maxLength}`);
    }
    return entry;
  });
  const distinct = new Set(found.map((name) => name.toLowerCase()));
  if (distinct.size < found.length) throw new Refusal(rules.duplicate, `Duplicate entry in list: ${key}`);
  return found;
}

/** Product profiles by either of their keys; `product` is the deprecated one. */
export function products(value: JsonObject): { readonly products: string[]; readonly deprecated: boolean } {
  const found = [...names(value, "productConfiguration", PRODUCTS), ...names(value, "product", PRODUCTS)];
  return { products: found, deprecated: value["product"] !== undefined };
}

/** UMAPI docs: at most 10 memberships in a step, all lists together. */
export function withinMemberships(...lists: readonly (readonly string[])[]): void {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  if (count > MAX_MEMBERSHIPS) {
    throw new Refusal(
      "error.command.add_remove.list_too_long",
      `Too many entries in list: ${count}, maximum ${MAX_MEMBERSHIPS}`,
    );
  }
}
