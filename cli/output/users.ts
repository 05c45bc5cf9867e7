import type { User } from "../../shared/reads/user.ts";
import type { Cell } from "./fold.ts";
import type { Column } from "./table.ts";
import { plainText } from "./text.ts";

export const userColumns: readonly Column[] = ["USER", "NAME", "TYPE", "STATUS", "COUNTRY", "GROUPS"].map(
  (heading) => ({ heading }),
);

/** A row of a table under `userColumns`. */
export function userRow(user: User): Cell[] {
  const { type = "", status = "", country = "", groups = [] } = user;
  return [nameOf(user), fullName(user), type, status, country, groups];
}

/** Everything known about one user. */
export function userText(user: User): string {
  const { groups = [], ...fields } = user;
  const lines = Object.entries({ ...fields, groups: groups.join(", ") });
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${plainText(String(value))}`.trimEnd()).join("\n");
}

function nameOf({ email, username, domain }: User): string {
  return email ?? [username, domain].filter((part) => part !== undefined).join("@");
}

function fullName({ firstname, lastname }: User): string {
  return [firstname, lastname].filter((part) => part !== undefined).join(" ");
}
