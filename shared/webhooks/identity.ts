import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { isEmail } from "../umapi/address.ts";
import { isObject, stepsIn, valueAt } from "../umapi/unchecked.ts";

/** Who a record was when it was last mapped. */
export const identitySchema = z.object({
  email: z.exactOptional(z.string()),
  username: z.exactOptional(z.string()),
  domain: z.exactOptional(z.string()),
  /** Whether the last command removed the person from the organisation. */
  left: z.exactOptional(z.boolean()),
});

export type Identity = Read<typeof identitySchema>;

/**
 * Who a person is once all commands have been carried out, as far as they tell.
 *
 * @param commands unchecked
 * @param before who the person was
 */
export function identityAfter(commands: readonly unknown[], before: Identity | undefined): Identity | undefined {
  let known = before;
  for (const command of commands) {
    const user = valueAt(command, "user");
    if (typeof user !== "string") continue;
    const domain = textAt(command, "domain");
    const { left, ...last } = { ...known, ...nameOf(user), ...(domain !== undefined && { domain }) };
    const steps = stepsIn(command);
    const changed = Object.assign(
      {},
      ...steps.map(({ name, step }) => (/^(create|add|update)/.test(name) ? namesIn(step) : {})),
    );
    const gone = steps.some(({ name }) => name === "removeFromOrg");
    known = { ...last, ...changed, ...(gone && { left: true }) };
  }
  return known;
}

const nameOf = (user: string) => (isEmail(user) ? { email: user } : { username: user });

function namesIn(step: unknown): Identity {
  if (!isObject(step)) return {};
  const [email, username] = [textAt(step, "email"), textAt(step, "username")];
  return { ...(email !== undefined && { email }), ...(username !== undefined && { username }) };
}

function textAt(value: unknown, key: string): string | undefined {
  const text = valueAt(value, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}
