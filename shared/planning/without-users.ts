import type { UserGroupStep } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";

/**
 * The step without some of the users in its list.
 *
 * @param users by their folded names
 * @returns undefined if nothing is left of it
 */
export function withoutUsers(
  step: UserGroupStep,
  users: ReadonlyMap<string, unknown> | undefined,
): UserGroupStep | undefined {
  if (users === undefined) return step;
  if ("add" in step) {
    const add = membersWithout(step.add, users);
    return add === undefined ? undefined : { add };
  }
  if (!("remove" in step)) return step;
  const remove = membersWithout(step.remove, users);
  return remove === undefined ? undefined : { remove };
}

interface Members {
  readonly user?: readonly string[];
  readonly productConfiguration?: readonly string[];
}

function membersWithout({ user = [], ...others }: Members, users: ReadonlyMap<string, unknown>): Members | undefined {
  const left = user.filter((name) => !users.has(foldedName(name)));
  if (left.length > 0) return { ...others, user: left };
  return others.productConfiguration === undefined ? undefined : others;
}
