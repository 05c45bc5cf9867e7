import type { Action } from "../input.ts";
import { quoted } from "../quoted.ts";
import type { Columns } from "./columns.ts";
import type { Field, Values } from "./fields.ts";
import type { Meaning } from "./meaning.ts";

/** Something wrong with a line: in the column of a field, or with the line as a whole. */
export interface LineFault {
  readonly field?: Field | undefined;
  readonly detail: string;
}

/** Columns that ask for a change, and the actions that make it. A value there must not be ignored. */
const madeBy: readonly (readonly [Field, readonly Action[]])[] = [
  ["add_groups", ["create", "update", "add-groups"]],
  ["remove_groups", ["update", "remove-groups"]],
  ["email_new", ["update"]],
];

/** The cells that the action of their line would ignore, and those that no line may have. */
export function mistakenCells(values: Values, { action }: Meaning): LineFault[] {
  const faults = madeBy.flatMap(([field, actions]): LineFault[] => {
    const value = values(field);
    if (value === "" || actions.includes(action)) return [];
    const detail = `${quoted(value)}, which the action ${action} ignores; expected the action ${actions.join(" or ")}`;
    return [{ field, detail }];
  });
  const [email, hardDelete, umapi] = [values("email"), values("hard_delete"), values("umapi")];
  if (action !== "create" && email !== "" && !email.includes("@"))
    faults.push({ field: "email", detail: `${quoted(email)}; expected an email, such as jane.roe@example.com` });
  if (!/^(n|no|false|0)?$/i.test(hardDelete)) faults.push({ field: "hard_delete", detail: destroys(hardDelete) });
  if (umapi !== "")
    faults.push({
      field: "umapi",
      detail: `${quoted(umapi)}; expected an empty cell: this names another organisation`,
    });
  return faults;
}

function destroys(cell: string): string {
  return `${quoted(cell)}; expected N: this would destroy the account and what it stores; only a command in JSON may ask for that`;
}

/** The fault of a line that changes nothing. */
export function nothingToDo({ action, hasRemoveGroups }: Meaning, columns: Columns): LineFault {
  if (action === "add-groups")
    return { field: columns.has("groups") ? "groups" : "add_groups", detail: "nothing; expected the groups to add" };
  if (action === "remove-groups")
    return { field: hasRemoveGroups ? "remove_groups" : "groups", detail: "nothing; expected the groups to remove" };
  return {
    detail: `nothing to ${action}; expected a value for firstname, lastname, email_new, add_groups or remove_groups`,
  };
}
