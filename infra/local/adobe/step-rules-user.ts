import type { UserStep } from "./command.ts";
import { country, email, existingOption, isObject, type JsonObject, onlyKeys, present, text } from "./field-rules.ts";
import { GROUPS, names, products, withinMemberships } from "./list-rules.ts";
import { Refusal } from "./refusal.ts";
import type { Address, IdentityType } from "./users.ts";

/** A map, so that a step called `constructor` is unknown too. */
const CREATES: ReadonlyMap<string, IdentityType> = new Map([
  ["addAdobeID", "adobeID"],
  ["createEnterpriseID", "enterpriseID"],
  ["createFederatedID", "federatedID"],
]);

const STRING = { notString: "error.command.create.string_expected" };

/** The position of a step among the others. */
export interface Place {
  readonly index: number;
  readonly last: boolean;
  /** Whether an earlier step of the command is a create. */
  readonly created: boolean;
}

/** One step of a command on a user; throws a Refusal if it breaks a rule. */
export function userStep(name: string, value: unknown, place: Place, address: Address): UserStep {
  const type = CREATES.get(name);
  if (type !== undefined) {
    createsOnceAndFirst(place);
    return createStep(type, value, address);
  }
  switch (name) {
    case "update":
      return updateStep(value);
    case "add":
    case "remove":
      return membershipStep(name, value);
    case "removeFromOrg":
      return removeFromOrgStep(value, place);
    default:
      throw new Refusal("error.command.step.unknown", `Unknown step: ${name}`);
  }
}

/** UMAPI docs: at most one create per command, and it is the first step. */
export function createsOnceAndFirst(place: Place): void {
  if (place.created) throw new Refusal("error.command.create.more_than_one", "Only one create step is allowed");
  if (place.index > 0) throw new Refusal("error.command.create.not_first", "A create step must be the first one");
}

function createStep(type: IdentityType, value: unknown, address: Address): UserStep {
  const fields = objectValue(value);
  onlyKeys(fields, ["email", "country", "firstname", "lastname", "option"], "error.command.create.key.unknown");
  const given = email(text(fields, "email", { ...STRING, max: Number.POSITIVE_INFINITY }) ?? "");
  const firstname = text(fields, "firstname", STRING);
  const lastname = text(fields, "lastname", STRING);
  const code = text(fields, "country", { ...STRING, max: 2 });
  if (type !== "adobeID" && firstname === undefined) {
    throw new Refusal("error.user.firstname_missing", "Missing field: firstname");
  }
  if (type !== "adobeID" && lastname === undefined) {
    throw new Refusal("error.user.lastname_missing", "Missing field: lastname");
  }
  if (type === "federatedID" && code === undefined) {
    throw new Refusal("error.country.invalid", "Missing field: country");
  }
  matchesRoot(type, given, address);
  return {
    kind: "create",
    type,
    email: given,
    ...present({
      firstname,
      lastname,
      country: code === undefined ? undefined : country(code),
      option: existingOption(fields),
    }),
  };
}

/** The root is the email itself; only a federated ID may have a username of its own. */
function matchesRoot(type: IdentityType, given: string, address: Address): void {
  const matches =
    address.kind === "username" ? type === "federatedID" : address.email.toLowerCase() === given.toLowerCase();
  if (!matches) {
    throw new Refusal("error.user.must_match_email", `User name must match the email address: ${given}`);
  }
}

function updateStep(value: unknown): UserStep {
  const fields = objectValue(value);
  if (fields["option"] !== undefined) {
    throw new Refusal("error.command.update.option.no", "The option field is not allowed in update");
  }
  if (fields["country"] !== undefined) {
    throw new Refusal("error.update.country.no_update", "The country of a user cannot be updated");
  }
  onlyKeys(fields, ["email", "username", "firstname", "lastname"], "error.command.create.key.unknown");
  if (Object.keys(fields).length === 0) {
    throw new Refusal("error.user.command.missing.arguments", "Nothing to update");
  }
  const given = text(fields, "email", { ...STRING, max: Number.POSITIVE_INFINITY });
  const username = text(fields, "username", STRING);
  if (username?.trim() === "") throw new Refusal("error.user.name.invalid", "Invalid user name");
  return {
    kind: "update",
    ...present({
      email: given === undefined ? undefined : email(given),
      username,
      firstname: text(fields, "firstname", STRING),
      lastname: text(fields, "lastname", STRING),
    }),
  };
}

function membershipStep(kind: "add" | "remove", value: unknown): UserStep {
  if (kind === "remove" && value === "all") return { kind: "removeAll" };
  if (!isObject(value)) throw new Refusal("error.command.add_remove.list", `Object or "all" expected for ${kind}`);
  onlyKeys(value, ["group", "product", "productConfiguration"], "error.command.add_remove.key.unknown");
  if (Object.keys(value).length === 0) {
    throw new Refusal("error.command.add_remove.missing_list", `No list of groups or products in ${kind}`);
  }
  const groups = names(value, "group", GROUPS);
  const profiles = products(value);
  withinMemberships(groups, profiles.products);
  return { kind, groups, ...profiles };
}

function removeFromOrgStep(value: unknown, place: Place): UserStep {
  if (!isObject(value)) throw new Refusal("error.command.object_not_empty", "Object expected for removeFromOrg");
  onlyKeys(value, ["deleteAccount"], "error.command.object_not_empty");
  const deleteAccount = value["deleteAccount"] ?? false;
  if (typeof deleteAccount !== "boolean") {
    throw new Refusal("error.command.boolean_expected", "Boolean expected for field: deleteAccount");
  }
  if (!place.last) throw new Refusal("error.command.removefromorg.not_last", "removeFromOrg must be the last step");
  return { kind: "removeFromOrg", deleteAccount };
}

function objectValue(value: unknown): JsonObject {
  if (!isObject(value))
    throw new Refusal("error.command.create.object_expected", "Object expected as value of the step");
  return value;
}
