import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { isEmail } from "../umapi/address.ts";
import { isObject, stepsIn, valueAt } from "../umapi/unchecked.ts";

const names = {
  email: z.exactOptional(z.string()),
  username: z.exactOptional(z.string()),
  domain: z.exactOptional(z.string()),
  /** Whether the person has been removed from the organisation. */
  left: z.exactOptional(z.boolean()),
};

/** Who a record was when it was last mapped, as it is kept. */
export const identitySchema = z.object({
  ...names,
  /** From when on it is so, in milliseconds since the epoch, if the last commands were scheduled. */
  from: z.exactOptional(z.number()),
  /** Who it was before; absent if nobody. */
  before: z.exactOptional(z.object(names)),
});

export type Identity = Read<typeof identitySchema>;
type Names = Omit<Identity, "from" | "before">;

/**
 * Who a record is now. What was scheduled and is not due does not count: it is canceled when the record is mapped anew.
 *
 * @param now milliseconds since the epoch
 */
export function identityNow(kept: Identity | undefined, now: number): Names | undefined {
  const { from = 0, before, ...last } = kept ?? {};
  if (now < from) return before;
  return kept === undefined ? undefined : last;
}

/**
 * What to keep of a person once commands are submitted: who it is after them, as far as they tell.
 *
 * @param commands unchecked
 * @param before who the person is now
 * @param now milliseconds since the epoch
 */
export function identityAfter(
  commands: readonly unknown[],
  before: Names | undefined,
  now: number,
): Identity | undefined {
  const soon = commands.filter((command) => dueAt(command) <= now).reduce<Names | undefined>(afterOne, before);
  const later = commands.filter((command) => dueAt(command) > now);
  const after = later.reduce<Names | undefined>(afterOne, soon);
  if (after === undefined || later.length === 0) return after;
  return { ...after, from: Math.max(...later.map(dueAt)), ...(soon && { before: soon }) };
}

/** Zero if it is not scheduled. */
const dueAt = (command: unknown) => Date.parse(textAt(command, "notBefore") ?? "") || 0;

function afterOne(known: Names | undefined, command: unknown): Names | undefined {
  const user = textAt(command, "user");
  if (user === undefined) return known;
  const domain = textAt(command, "domain");
  const { left: _, ...last } = { ...known, ...nameOf(user), ...(domain !== undefined && { domain }) };
  const steps = stepsIn(command);
  const given = steps.filter(({ name }) => /^(create|add[A-Z]|update)/.test(name)).map(({ step }) => namesIn(step));
  const left = steps.some(({ name }) => name === "removeFromOrg");
  return Object.assign(last, ...given, left && { left });
}

const nameOf = (user: string): Names => (isEmail(user) ? { email: user } : { username: user });

function namesIn(step: unknown): Names {
  if (!isObject(step)) return {};
  const [email, username] = [textAt(step, "email"), textAt(step, "username")];
  return { ...(email !== undefined && { email }), ...(username !== undefined && { username }) };
}

function textAt(value: unknown, key: string): string | undefined {
  const text = valueAt(value, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}
