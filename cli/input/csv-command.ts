import type { CreateOption } from "../../shared/umapi/command.ts";
import type { UserStepValues } from "../../shared/umapi/steps/user.ts";
import type { Values } from "./csv-columns.ts";
import type { CsvChoices, IdentityType } from "./input.ts";

/** The step that makes an account of each kind. */
export const stepNames = {
  federatedID: "createFederatedID",
  enterpriseID: "createEnterpriseID",
  adobeID: "addAdobeID",
} as const satisfies Readonly<Record<IdentityType, keyof UserStepValues>>;

const options: Readonly<Record<CsvChoices["ifExists"], CreateOption | undefined>> = {
  update: "updateIfAlreadyExists",
  ignore: "ignoreIfAlreadyExists",
  fail: undefined,
};

/** A line's command, still unchecked: create the user, and add them to their groups. */
export function commandOf(values: Values, type: IdentityType, ifExists: CsvChoices["ifExists"]): unknown {
  const { email, firstname, lastname, country } = values;
  const details = filled({ email, firstname, lastname, country, option: options[ifExists] ?? "" });
  const groups = [...new Set(values.groups.split(",").map((name) => name.trim()))].filter((name) => name !== "");
  return {
    ...userOf(values),
    do: [{ [stepNames[type]]: details }, ...(groups.length === 0 ? [] : [{ add: { group: groups } }])],
  };
}

/** A username without @ is one in its domain, or in the email's. One that is the email's own is nothing beside it. */
function userOf({ username, email, domain }: Values): { user: string; domain?: string } {
  if (username === "" || username.toLowerCase() === email.toLowerCase()) return { user: email };
  if (username.includes("@")) return { user: username };
  return { user: username, domain: domain === "" ? (email.split("@")[1] ?? "") : domain };
}

function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}
