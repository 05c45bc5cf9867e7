import { COUNTRIES } from "./countries.ts";
import { Refusal } from "./refusal.ts";

const MAX_NAME = 250;
const MAX_EMAIL = 60;
const MAX_GROUP_NAME = 255;

/** An object with any keys, as JSON gives it. */
export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Refuses keys beyond `known` with `code`. */
export function onlyKeys(value: JsonObject, known: readonly string[], code: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refusal(code, `Unknown key: ${unknown}`);
}

/** A string of at most `max` characters, or undefined if the key is absent. */
export function text(
  value: JsonObject,
  key: string,
  rules: { readonly notString: string; readonly max?: number },
): string | undefined {
  const found = value[key];
  if (found === undefined) return undefined;
  if (typeof found !== "string") throw new Refusal(rules.notString, `String expected for field: ${key}`);
  const max = rules.max ?? MAX_NAME;
  if (found.length > max) {
    throw new Refusal(
      "error.command.string.too_long",
      `String too long in command for field: ${key}, max length ${max}`,
    );
  }
  return found;
}

/** As umapi-client.py had it from 2.4.1 on, to match Adobe's rule: "must be ascii, unquoted, with no comment part". */
const EMAIL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z\d-]+(\.[A-Za-z\d-]+)+$/;

/** A well-formed email of at most 60 characters. */
export function email(value: string): string {
  if (value.length > MAX_EMAIL || !EMAIL.test(value)) {
    throw new Refusal("error.user.email.invalid", `Invalid email address: ${value}`);
  }
  return value;
}

/** An ISO 3166 code of two upper-case letters. */
export function country(value: string): string {
  if (!COUNTRIES.has(value)) throw new Refusal("error.country.invalid", `Invalid country code: ${value}`);
  return value;
}

/** A name that a user group may have. */
export function groupName(value: string): string {
  if (value.length > MAX_GROUP_NAME) {
    throw new Refusal(
      "error.command.add_remove.group_or_product_name_too_long",
      `Group name too long, max length ${MAX_GROUP_NAME}`,
    );
  }
  if (value.trim() === "" || value.startsWith("_")) {
    throw new Refusal("error.group.invalid_name", `Invalid group name: ${value}`);
  }
  return value;
}

export function existingOption(value: JsonObject): "ignoreIfAlreadyExists" | "updateIfAlreadyExists" | undefined {
  const option = text(value, "option", { notString: "error.command.create.string_expected" });
  if (option === undefined || option === "ignoreIfAlreadyExists" || option === "updateIfAlreadyExists") return option;
  throw new Refusal("error.option.illegal", `Illegal value for option: ${option}`);
}

/** The same object without its undefined members, so that "absent" has one form. */
export function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = { ...value };
  for (const key in kept) if (kept[key] === undefined) delete kept[key];
  return kept;
}
