/**
 * The values that UMAPI takes in each field of commands and steps, and how messages describe them. Source: UMAPI docs.
 */
import { iso31661Alpha2ToAlpha3 } from "iso-3166/1-a2-to-1-a3.js";
import * as z from "zod/mini";
import { flawInDomain, flawInEmail, flawInName } from "./address.ts";
import { instead, insteadOf, unknownKeys } from "./fault.ts";
import { foldedName } from "./folded-name.ts";
import { isBlank, unseenIn, unsendableIn, unsendableInLines } from "./sendable-text.ts";

/** The roles that UMAPI can neither give nor take away. Source: UMAPI docs of 7 November 2025, add and remove. */
const unchangeableRoles = ["_org_admin", "_compartment_admin", "_compartment_viewer"];

export const email = text("an email of at most 60 characters, such as jane.roe@example.com", { max: 60 }, flawInEmail);

/** A user as a root or in a group's list. */
export const user = text(
  "an email such as jane.roe@example.com, or a username without @, of 1 to 250 characters",
  { max: 250, holds: isNotBlank },
  flawInName,
);

export const domain = text("a domain of at most 250 characters, such as example.com", { max: 250 }, flawInDomain);

export const username = text(
  "a username of 1 to 250 characters, not blank",
  { max: 250, holds: isNotBlank },
  flawInName,
);

/**
 * A person's name. Users report that Adobe answers a blank last name with `error.internal.create_failed …
 * FIELD_MIN_LENGTH` every time.
 */
export const personName = text("a name of 1 to 250 characters, not blank", { max: 250, holds: isNotBlank });

export const country = text(
  "a country's code of ISO 3166-1 in two upper-case letters, such as GB (not UK) for the United Kingdom",
  { max: 2, holds: (value) => Object.hasOwn(iso31661Alpha2ToAlpha3, value) },
);

export const requestID = text("a string of at most 250 characters", { max: 250 });

export const groupName = text(
  "a group's name of 1 to 255 characters, not blank",
  { max: 255, holds: isNotBlank },
  unseenIn,
);

/** The name of a group that is to be created. */
export const newGroupName = text(
  "a group's name of 1 to 255 characters, not blank and not starting with _",
  { max: 255, holds: (value) => isNotBlank(value) && !value.startsWith("_") },
  unseenIn,
);

/** A group of any kind, or a product profile, in a list of an add or remove. */
export const membership = text(
  `a name of 1 to 255 characters, not blank and not ${unchangeableRoles.join(" or ")}, which UMAPI cannot change`,
  { max: 255, holds: (value) => isNotBlank(value) && !unchangeableRoles.includes(foldedName(value)) },
  unseenIn,
);

export const description = text(
  "a string that has no control characters but tabs and line breaks",
  {},
  unsendableInLines,
);

export const option = z.enum(
  ["ignoreIfAlreadyExists", "updateIfAlreadyExists"],
  expects("ignoreIfAlreadyExists or updateIfAlreadyExists"),
);

export const flag = z.boolean(expects("true or false"));

/**
 * A list of names of any length, each name once, regardless of letter case and form of Unicode
 * (`error.command.add_remove.duplicate.*`).
 */
export function listOf(name: typeof membership) {
  const expected = "a list of at least one name";
  return z
    .array(name, expects(expected))
    .check(
      z.minLength(1, expects(expected)),
      z.check(reportRepeated, { when: ({ value }) => Array.isArray(value) }),
      z.describe("each name once, regardless of letter case and form of Unicode"),
    );
}

function reportRepeated({ value, issues }: { value: readonly unknown[]; issues: z.core.$ZodRawIssue[] }): void {
  const seen = new Set<string>();
  for (const [index, name] of value.entries()) {
    if (typeof name !== "string") continue;
    const folded = foldedName(name);
    if (seen.has(folded))
      issues.push({
        code: "custom",
        input: name,
        path: [index],
        message:
          "a name that stands earlier in this list, perhaps in other letter case or another form of Unicode; expected each name once",
      });
    seen.add(folded);
  }
}

/**
 * An object with these fields and no others. `expected` describes it; `note` says why a likely field is not allowed.
 */
export function fields<Shape extends z.core.$ZodShape>(expected: string, shape: Shape, note?: string) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? unknownKeys(issue.keys, Object.keys(shape), note)
        : instead(issue.input, expected),
  });
}

/** At least one of the object's fields, and no others. */
export function anyOf<Shape extends z.core.$ZodShape>(all: z.ZodMiniObject<Shape, z.core.$strict>) {
  return z.exactPartial(all).check(
    z.refine((some) => Object.keys(some).length > 0, {
      ...expects(`at least one of ${Object.keys(all.shape).join(", ")}`),
      when: ({ issues }) => issues.length === 0,
    }),
  );
}

/** The message for any fault of a value. */
export function expects(expected: string) {
  return { error: ({ input }: { readonly input?: unknown }) => instead(input, expected) };
}

interface Limits {
  /** The most characters. @default - any number */
  readonly max?: number;
  /** Whether the text is as expected, apart from its length. @default - it is */
  readonly holds?: (value: string) => boolean;
}

/**
 * @param expected describes it in messages and, by the schema, in the API's description
 * @param flawIn names another flaw of the text, in words that follow "with"
 */
function text(
  expected: string,
  { max, holds = () => true }: Limits,
  flawIn: (value: string) => string | undefined = unsendableIn,
) {
  /** A blank string that is not expected needs no further description. */
  const flawOf = (value: string, isExpected: boolean) =>
    isExpected || value.trim() !== "" ? flawIn(value) : undefined;
  const told = (value: string, flaw = flawOf(value, false)) =>
    flaw === undefined ? instead(value, expected) : insteadOf(value, flaw, expected);
  const checkRest = ({ value, issues }: z.core.ParsePayload<string>) => {
    const isExpected = holds(value);
    const flaw = flawOf(value, isExpected);
    if (!isExpected || flaw !== undefined) issues.push({ code: "custom", input: value, message: told(value, flaw) });
  };
  return z
    .string(expects(expected))
    .check(
      ...(max === undefined ? [] : [z.maxLength(max, { error: ({ input }) => told(String(input)) })]),
      z.check(checkRest, { when: ({ issues }) => issues.length === 0 }),
      z.describe(expected),
    );
}

function isNotBlank(value: string): boolean {
  return !isBlank(value);
}
