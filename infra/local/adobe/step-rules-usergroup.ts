import type { UsergroupStep } from "./command.ts";
import { existingOption, groupName, isObject, type JsonObject, onlyKeys, present, text } from "./field-rules.ts";
import { names, products, USERS, withinMemberships } from "./list-rules.ts";
import { Refusal } from "./refusal.ts";
import { createsOnceAndFirst, type Place } from "./step-rules-user.ts";

const ANY_LENGTH = { notString: "error.command.create.string_expected", max: Number.POSITIVE_INFINITY };

/** One step of a command on the user group `root`; throws a Refusal if it breaks a rule. */
export function usergroupStep(name: string, value: unknown, place: Place, root: string): UsergroupStep {
  switch (name) {
    case "createUserGroup":
      createsOnceAndFirst(place);
      return createStep(value, root);
    case "updateUserGroup":
      return updateStep(value);
    case "deleteUserGroup":
      return deleteStep(value, place);
    case "add":
    case "remove":
      return membershipStep(name, value);
    default:
      throw new Refusal("error.command.step.unknown", `Unknown step: ${name}`);
  }
}

/** The group's name comes from the root; a `name` in the step must be lawful and is otherwise ignored. */
function createStep(value: unknown, root: string): UsergroupStep {
  const fields = objectValue(value);
  onlyKeys(fields, ["name", "description", "option"], "error.command.create.key.unknown");
  groupName(root);
  groupName(text(fields, "name", ANY_LENGTH) ?? root);
  return {
    kind: "create",
    ...present({ description: text(fields, "description", ANY_LENGTH), option: existingOption(fields) }),
  };
}

function updateStep(value: unknown): UsergroupStep {
  const fields = objectValue(value);
  if (fields["option"] !== undefined) {
    throw new Refusal("error.command.update.option.no", "The option field is not allowed in updateUserGroup");
  }
  onlyKeys(fields, ["name", "description"], "error.command.create.key.unknown");
  if (Object.keys(fields).length === 0) {
    throw new Refusal("error.usergroup.command.missing.arguments", "Nothing to update");
  }
  const name = text(fields, "name", ANY_LENGTH);
  return {
    kind: "update",
    ...present({
      name: name === undefined ? undefined : groupName(name),
      description: text(fields, "description", ANY_LENGTH),
    }),
  };
}

function deleteStep(value: unknown, place: Place): UsergroupStep {
  if (!isObject(value) || Object.keys(value).length > 0) {
    throw new Refusal("error.command.object_not_empty", "Empty object expected for deleteUserGroup");
  }
  if (!place.last) throw new Refusal("error.command.illegal_entry", "No step may follow deleteUserGroup");
  return { kind: "delete" };
}

function membershipStep(kind: "add" | "remove", value: unknown): UsergroupStep {
  if (!isObject(value)) throw new Refusal("error.command.add_remove.list", `Object expected for ${kind}`);
  onlyKeys(value, ["user", "product", "productConfiguration"], "error.command.add_remove.key.unknown");
  if (Object.keys(value).length === 0) {
    throw new Refusal("error.usergroup.command.missing.arguments", `No users or product profiles in ${kind}`);
  }
  const users = names(value, "user", USERS);
  if (users.some((user) => !user.includes("@"))) {
    throw new Refusal(USERS.invalid, "Users must be given by email");
  }
  const profiles = products(value);
  withinMemberships(users, profiles.products);
  return { kind, users, ...profiles };
}

function objectValue(value: unknown): JsonObject {
  if (!isObject(value))
    throw new Refusal("error.command.create.object_expected", "Object expected as value of the step");
  return value;
}
