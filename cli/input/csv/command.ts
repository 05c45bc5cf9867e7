import { foldedName, isSameName } from "../../../shared/umapi/folded-name.ts";
import type { IdentityType, IfExists } from "../input.ts";
import type { Values } from "./fields.ts";
import type { Meaning } from "./meaning.ts";

/** The step that makes an account of each kind. */
export const creates = {
  federatedID: "createFederatedID",
  enterpriseID: "createEnterpriseID",
  adobeID: "addAdobeID",
} as const satisfies Readonly<Record<IdentityType, string>>;

export const options = {
  update: "updateIfAlreadyExists",
  ignore: "ignoreIfAlreadyExists",
  fail: "",
} as const satisfies Readonly<Record<IfExists, string>>;

/** A command on a user, not checked yet. */
export interface LineCommand {
  readonly user: string;
  readonly domain?: string;
  readonly useAdobeID?: boolean;
  readonly do: readonly unknown[];
}

/** The command of a line. Removals of memberships come before additions, as Adobe suggests. */
export function commandOf(values: Values, meaning: Meaning): LineCommand {
  const { action, type, hasRemoveGroups } = meaning;
  const add = step("add", values("groups"), values("add_groups"));
  switch (action) {
    case "create":
      return { ...createdUser(values, type), do: [create(values, meaning), ...add] };
    case "update":
      return {
        ...knownUser(values, type),
        do: [...changes(values), ...step("remove", values("remove_groups")), ...add],
      };
    case "remove":
      return { ...knownUser(values, type), do: [{ removeFromOrg: {} }] };
    case "add-groups":
      return { ...knownUser(values, type), do: add };
    case "remove-groups":
      return { ...knownUser(values, type), do: step("remove", values(hasRemoveGroups ? "remove_groups" : "groups")) };
  }
}

/** The names of lists, each once. Names are compared as Adobe compares them. */
export function namesIn(...lists: readonly string[]): string[] {
  const names = lists.flatMap((list) => list.split(",")).map((name) => name.trim());
  const once = new Map<string, string>();
  for (const name of names) {
    const folded = foldedName(name);
    if (name !== "" && !once.has(folded)) once.set(folded, name);
  }
  return [...once.values()];
}

function create(values: Values, { type, ifExists, country: otherwise }: Meaning): unknown {
  const { email, firstname, lastname, country } = detailsOf(values);
  const details = { email, firstname, lastname, country: country || otherwise, option: options[ifExists] };
  return { [creates[type]]: filled(details) };
}

function changes(values: Values): unknown[] {
  const { email, username, firstname, lastname } = detailsOf(values);
  // If the user is named by email, a username beside it is a new one.
  const renamed = email === "" || isSameName(username, email) ? "" : username;
  const update = filled({ email: values("email_new"), username: renamed, firstname, lastname });
  return Object.keys(update).length === 0 ? [] : [{ update }];
}

/**
 * A username without @ belongs to the line's domain, or else to the email's. A username that equals the email is left
 * out.
 */
function createdUser(values: Values, type: IdentityType): { user: string; domain?: string } {
  const { email, username } = detailsOf(values);
  const domain = values("domain") || (email.split("@")[1] ?? "");
  // Only a Federated ID may have a username that is not an email.
  const whole = type === "federatedID" || username.includes("@") ? username : `${username}@${domain}`;
  if (username === "" || isSameName(whole, email)) return { user: email };
  return username.includes("@") ? { user: username } : { user: username, domain };
}

/** An existing user is best named by email. An Adobe ID may share its email with an account of the organisation. */
function knownUser(values: Values, type: IdentityType): { user: string; domain?: string; useAdobeID?: true } {
  const { email, username } = detailsOf(values);
  const user = email || username;
  if (user !== "" && !user.includes("@")) return { user, ...filled({ domain: values("domain") }) };
  return { user, ...(type === "adobeID" && { useAdobeID: true }) };
}

function step(name: "add" | "remove", ...lists: readonly string[]): unknown[] {
  const group = namesIn(...lists);
  return group.length === 0 ? [] : [{ [name]: { group } }];
}

const detailsOf = (values: Values) => ({
  email: values("email"),
  username: values("username"),
  firstname: values("firstname"),
  lastname: values("lastname"),
  country: values("country"),
});

function filled(details: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ""));
}
