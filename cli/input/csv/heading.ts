import type { Action, CsvChoices } from "../input.ts";
import { listed } from "../quoted.ts";
import type { Columns } from "./columns.ts";
import type { Field } from "./fields.ts";

/**
 * The action for lines without one: the one that the user gave, or else the one that the heading suggests.
 *
 * @returns undefined if each line must have one
 */
export function actionFor(columns: Columns, choices: CsvChoices): Action | undefined {
  if (choices.action !== undefined) return choices.action;
  if (columns.has("action")) return undefined;
  return isRemovalList(columns) ? "remove" : "create";
}

/**
 * Whether the file has columns that name users, and no others. The sync tool writes such a list
 * (`type,username,domain`), and Adobe's command line takes it.
 */
function isRemovalList({ all }: Columns): boolean {
  const who: readonly (Field | undefined)[] = ["type", "email", "username", "domain", "umapi", "hard_delete"];
  const isWhole = all.every(({ field }) => who.includes(field));
  return isWhole && all.some(({ field }) => field === "domain" || field === "hard_delete") && all.length > 1;
}

/** Says which columns every line needs for its action but the file lacks; undefined if none is missing. */
export function missingColumns(columns: Columns, choices: CsvChoices, action: Action | undefined): string | undefined {
  const lacks = (...fields: readonly Field[]) => !fields.some((field) => columns.has(field));
  if (action !== "create" && lacks("email", "username")) return "no column for the email";
  switch (action) {
    case "create":
      return missingForCreate(columns, choices);
    case "update":
      return lacks("firstname", "lastname", "email_new", "groups", "add_groups", "remove_groups") &&
        !(columns.has("email") && columns.has("username"))
        ? "no column for anything that could be updated"
        : undefined;
    case "add-groups":
      return lacks("groups", "add_groups") ? "no column for the groups to add" : undefined;
    case "remove-groups":
      return lacks("groups", "remove_groups") ? "no column for the groups to remove" : undefined;
    default:
      return undefined;
  }
}

function missingForCreate(columns: Columns, { type, country }: CsvChoices): string | undefined {
  const mayVary = columns.has("type");
  const needed: readonly (readonly [Field, boolean])[] = [
    ["email", true],
    ["firstname", !mayVary && type !== "adobeID"],
    ["lastname", !mayVary && type !== "adobeID"],
    ["country", !mayVary && type === "federatedID" && country === undefined],
  ];
  const missing = needed.flatMap(([field, isNeeded]) => (isNeeded && !columns.has(field) ? [field] : []));
  if (missing.length === 0) return undefined;
  return `no column for the ${listed(missing)}`;
}
