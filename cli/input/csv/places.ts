import { namesIn } from "./command.ts";
import type { Field, Values } from "./fields.ts";
import type { Meaning } from "./meaning.ts";

/**
 * The field of a line that caused a fault of its command; undefined if the fault belongs to the line as a whole.
 *
 * @param pointer into the command
 * @param value the value that stands there
 */
export function fieldAt(pointer: string, value: unknown, values: Values, meaning: Meaning): Field | undefined {
  const [, place, , step, detail] = pointer.split("/");
  const isCreate = meaning.action === "create";
  if (place === "user") return values("username") !== "" && (isCreate || values("email") === "") ? "username" : "email";
  if (place === "domain") return "domain";
  if (place === "notBefore") return "not_before";
  if (step === "remove") return meaning.hasRemoveGroups ? "remove_groups" : "groups";
  if (step === "add") return namesIn(values("groups")).some((name) => name === value) ? "groups" : "add_groups";
  if (step === "update" && detail === "email") return "email_new";
  // Only a username can be wrong with a create as a whole.
  if (isCreate && step !== undefined && detail === undefined) return "username";
  return details.find((field) => field === detail);
}

const details: readonly Field[] = ["email", "username", "firstname", "lastname", "country"];

/** User and domain default to the email's, so a bad email would be reported twice. The second report is dropped. */
export function isToldAlready(pointer: string, values: Values, { action }: Meaning): boolean {
  if (action !== "create") return false;
  if (pointer === "/domain") return values("username") === "" || values("domain") === "";
  return values("username") === "" && /^\/user$|^\/do\/0\/\w+$/.test(pointer);
}
