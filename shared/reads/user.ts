import * as z from "zod/mini";
import { tolerant } from "./tolerant.ts";

const text = z.exactOptional(z.string());

/**
 * A user as Adobe shows one. Fields that are not set are absent. `groups` (names) is also absent for a user without
 * groups, and with `excludeGroups`. A `type` or `status` that Adobe does not document reads `unknown`.
 *
 * Source: UMAPI docs, "Get Users in Organization".
 */
export type User = Readonly<z.output<typeof userSchema>>;

export const userSchema = tolerant({
  id: text,
  email: text,
  username: text,
  domain: text,
  firstname: text,
  lastname: text,
  /** ISO 3166, two letters. */
  country: text,
  type: z.exactOptional(z.catch(z.enum(["adobeID", "enterpriseID", "federatedID", "unknown"]), "unknown")),
  status: z.exactOptional(z.catch(z.enum(["active", "disabled", "locked", "removed", "unknown"]), "unknown")),
  groups: z.exactOptional(z.readonly(z.array(z.string()))),
});

/** A key that is the same for one user on two pages. */
export function userKey(user: User): string {
  return user.id ?? JSON.stringify(user);
}

const answerSchema = tolerant({ user: userSchema });

/** Reads the body of a 200 for one user. Undefined if it has none. */
export function parseUser(json: unknown): User | undefined {
  return answerSchema.safeParse(json).data?.user;
}
