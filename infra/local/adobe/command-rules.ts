import type { Command } from "./command.ts";
import { isObject, type JsonObject, onlyKeys, text } from "./field-rules.ts";
import { Refusal } from "./refusal.ts";
import { type Place, userStep } from "./step-rules-user.ts";
import { usergroupStep } from "./step-rules-usergroup.ts";
import type { Address } from "./users.ts";

const MAX_STEPS = 10;
const CREATES = ["addAdobeID", "createEnterpriseID", "createFederatedID", "createUserGroup"];
const STRING = { notString: "error.command.string_expected" };

/** A command, or the rule that it breaks; `step` is absent if the fault is in the command as a whole. */
export type Checked =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly step?: number };

/** Checks one entry of an action request by every rule that does not depend on the organisation. */
export function checkCommand(entry: unknown): Checked {
  const position: { step?: number } = {};
  try {
    const command = parse(entry, (step) => {
      position.step = step;
    });
    return { kind: "command", command };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { kind: "refused", refusal, ...position };
  }
}

function parse(entry: unknown, at: (step: number) => void): Command {
  if (!isObject(entry)) throw new Refusal("error.command.malformed", "Command must be an object");
  onlyKeys(entry, ["user", "usergroup", "requestID", "domain", "useAdobeID", "do"], "error.command.illegal_entry");
  text(entry, "requestID", STRING);
  if (entry["user"] !== undefined && entry["usergroup"] !== undefined) {
    throw new Refusal("error.command.illegal_entry", "Only one of user and usergroup is allowed");
  }
  if (entry["usergroup"] !== undefined) {
    const name = usergroupRoot(entry);
    const steps = parseSteps(entry["do"], at, (step, value, place) => usergroupStep(step, value, place, name));
    return { root: "usergroup", name, steps };
  }
  const address = userRoot(entry);
  const steps = parseSteps(entry["do"], at, (step, value, place) => userStep(step, value, place, address));
  return { root: "user", address, steps };
}

function usergroupRoot(entry: JsonObject): string {
  const name = text(entry, "usergroup", { ...STRING, max: 255 }) ?? "";
  if (name.trim() === "") throw new Refusal("error.command.user_usergroup.missing", "Usergroup is empty");
  if (entry["domain"] !== undefined) throw domainWithoutUsername();
  if (entry["useAdobeID"] !== undefined) {
    throw new Refusal("error.command.illegal_entry", "useAdobeID is not allowed for a usergroup");
  }
  return name;
}

function userRoot(entry: JsonObject): Address {
  const user = text(entry, "user", STRING);
  if (user === undefined) {
    throw new Refusal("error.command.user_usergroup.missing", "Command must have a user or usergroup");
  }
  if (user.trim() === "") throw new Refusal("error.command.user.missing", "User is empty");
  const domain = text(entry, "domain", { notString: "error.command.domain.string_expected" });
  const adobeIDOnly = entry["useAdobeID"] ?? false;
  if (typeof adobeIDOnly !== "boolean") {
    throw new Refusal("error.command.boolean_expected", "Boolean expected for field: useAdobeID");
  }
  if (user.includes("@")) {
    if (domain !== undefined) throw domainWithoutUsername();
    return { kind: "email", email: user, adobeIDOnly };
  }
  if (domain === undefined || domain.trim() === "") {
    throw new Refusal(
      "error.command.domain.missing",
      `Domain is required for a user name that is not an email: ${user}`,
    );
  }
  return { kind: "username", username: user, domain };
}

function domainWithoutUsername(): Refusal {
  return new Refusal(
    "error.command.domain.must_be_used_with_nonemail_username",
    "Domain can only be used with a user name that is not an email",
  );
}

function parseSteps<Step>(
  value: unknown,
  at: (step: number) => void,
  parseStep: (name: string, value: unknown, place: Place) => Step,
): Step[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new Refusal("error.command.steps.malformed", "The value of do must be an array of steps");
  }
  if (value.length > MAX_STEPS) {
    throw new Refusal(
      "error.command.add_remove.list_too_long",
      `Too many steps in command: ${value.length}, maximum ${MAX_STEPS}`,
    );
  }
  let created = false;
  return value.map((entry: unknown, index) => {
    at(index);
    const [name, ...others] = isObject(entry) ? Object.keys(entry) : [];
    if (!isObject(entry) || name === undefined || others.length > 0) {
      throw new Refusal("error.command.illegal_entry", "A step must be an object with one key");
    }
    const step = parseStep(name, entry[name], { index, last: index === value.length - 1, created });
    created ||= CREATES.includes(name);
    return step;
  });
}
