import * as z from "zod/mini";
import { nameOf } from "./names.ts";

const usersSchema = z.array(
  z.object({
    email: z.string(),
    username: z.string(),
    firstname: z.optional(z.string()),
    lastname: z.optional(z.string()),
    country: z.optional(z.string()),
    type: z.string(),
    groups: z._default(z.array(z.string()), []),
  }),
);
const groupsSchema = z.array(z.object({ groupName: z.string(), type: z.string() }));

/** The differences of the organisation from the oracle's, without what cannot be known. */
export function differences(
  what: "users" | "groups",
  real: unknown,
  ideal: unknown,
  unknowable: ReadonlySet<string>,
): string[] {
  const isKnown = (name: string) => !unknowable.has(nameOf(name) ?? name);
  const read = what === "users" ? readUsers : readGroups;
  const [is, shouldBe] = [read(real, isKnown), read(ideal, isKnown)];
  const names = new Set([...is.keys(), ...shouldBe.keys()]);
  return [...names]
    .filter((name) => is.get(name) !== shouldBe.get(name))
    .map((name) => `${what}: ${name} is ${is.get(name) ?? "absent"}, and should be ${shouldBe.get(name) ?? "absent"}`);
}

type IsKnown = (name: string) => boolean;

function readUsers(shown: unknown, isKnown: IsKnown): Map<string, string> {
  return new Map(
    usersSchema
      .parse(shown)
      .filter(({ email, username }) => isKnown(email) && isKnown(username))
      .map((user): [string, string] => {
        const groups = user.groups.filter(isKnown).toSorted();
        return [user.email.toLowerCase(), JSON.stringify({ ...user, groups })];
      }),
  );
}

function readGroups(shown: unknown, isKnown: IsKnown): Map<string, string> {
  return new Map(
    groupsSchema
      .parse(shown)
      .filter(({ groupName, type }) => type === "USER_GROUP" && isKnown(groupName))
      .map(({ groupName }): [string, string] => [groupName.toLowerCase(), "present"]),
  );
}
