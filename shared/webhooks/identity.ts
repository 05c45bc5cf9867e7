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

/** Who a record was when it was last mapped, as it is kept. All times are milliseconds since the epoch. */
export const identitySchema = z.object({
  ...names,
  /** From when on it is so, if the last commands were scheduled. */
  from: z.exactOptional(z.number()),
  /** Who it was before; absent if nobody. */
  before: z.exactOptional(z.object(names)),
  /** Who it is between the two, where commands were scheduled for several times: each from its time on, in order. */
  between: z.exactOptional(z.array(z.object({ ...names, since: z.number() }))),
});

export type Identity = Read<typeof identitySchema>;
type Names = Omit<Identity, "from" | "before" | "between">;

/**
 * Who a record is now. What was scheduled and is not due does not count: it is canceled when the record is mapped anew.
 *
 * @param now milliseconds since the epoch
 */
export function identityNow(kept: Identity | undefined, now: number): Names | undefined {
  if (kept === undefined) return undefined;
  const { from = 0, before, between = [], ...last } = kept;
  if (now >= from) return last;
  const stage = between.findLast(({ since }) => since <= now);
  if (stage === undefined) return before;
  const { since: _, ...who } = stage;
  return who;
}

/**
 * Who a record will be by what was scheduled; undefined if nothing is ahead.
 *
 * @param now milliseconds since the epoch
 */
export function identityPlanned(kept: Identity | undefined, now: number): Names | undefined {
  const { from = 0, before: _, between: __, ...last } = kept ?? {};
  return now < from ? last : undefined;
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
  let who = soon;
  const stages = later
    .toSorted((one, other) => dueAt(one) - dueAt(other))
    .flatMap((command) => {
      who = afterOne(who, command);
      return who === undefined ? [] : [{ ...who, since: dueAt(command) }];
    });
  const last = stages.pop();
  if (last === undefined) return soon;
  const { since: from, ...names } = last;
  return { ...names, from, ...(soon && { before: soon }), ...(stages.length > 0 && { between: stages }) };
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
