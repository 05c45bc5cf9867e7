import type { Command } from "./command.ts";
import { isSameName } from "./folded-name.ts";

/** Whether the two commands name one user or one user group as their root, in the same way. */
export function isSameRoot(one: Command, other: Command): boolean {
  if ("user" in one && "user" in other)
    return (
      isSameName(one.user, other.user) &&
      isSameName(one.domain ?? "", other.domain ?? "") &&
      (one.useAdobeID ?? false) === (other.useAdobeID ?? false)
    );
  return "usergroup" in one && "usergroup" in other && isSameName(one.usergroup, other.usergroup);
}
