/**
 * The fields that a column may tell, and the headings that files have for each. If a file has two of them, the earlier
 * one in the list is used. They come from Adobe's samples, its sync tool, its command line, the Admin Console's files,
 * directories and HR systems. Letter case, spaces, signs and text in brackets do not matter.
 */
const words = {
  action: ["action"],
  type: ["type", "identity type", "id type"],
  email: [
    "email",
    "mail",
    "email address",
    "mail address",
    "email id",
    "work email",
    "work email address",
    "primary work email",
    "business email",
    "business email address",
    "company email",
    "corporate email",
    "office email",
    "primary email",
    "primary email address",
    "primary smtp address",
    "user email",
    "employee email",
  ],
  username: ["username", "user", "upn", "user principal name"],
  domain: ["domain"],
  firstname: ["firstname", "given name", "given names", "forename", "fname", "legal first name", "first"],
  lastname: ["lastname", "surname", "family name", "sn", "lname", "legal last name", "last"],
  country: [
    "country_code",
    "country iso",
    "iso country",
    "iso country code",
    "country iso code",
    "usage location",
    "country",
    "country name",
    "country or region",
    "country/region",
    "work country",
    "location country",
  ],
  groups: [
    "groups",
    "group",
    "group names",
    "user groups",
    "user group",
    "product configurations",
    "product configuration",
    "product profiles",
    "product profile",
  ],
  add_groups: ["add_groups", "add group", "groups add", "groups to add"],
  remove_groups: ["remove_groups", "remove group", "groups remove", "groups to remove"],
  email_new: ["email_new", "new email", "new email address", "new mail"],
  if_exists: ["if_exists"],
  // Not "effective date", "start date" and the like, which tell a day of the past as often.
  not_before: ["not_before"],
  hard_delete: ["hard_delete"],
  umapi: ["umapi"],
} as const;

export type Field = keyof typeof words;
/** The value that a line has for a field; empty if it has none. */
export type Values = (field: Field) => string;

const isField = (name: string): name is Field => Object.hasOwn(words, name);
export const fields: readonly Field[] = Object.keys(words).filter(isField);

/** Columns that `umapi list --csv` adds for the reader; they are not fields. */
export const reasonColumns = ["failed_code", "failed_message", "failed_hint", "failed_operation"] as const;

/** Whether a column is one of `reasonColumns`, and is ignored without a warning. */
export function isOurs(heading: string): boolean {
  return reasonColumns.some((column) => compact(column) === compact(heading));
}

/** Fields that are lists; several columns may add to each. */
export const listFields: ReadonlySet<Field> = new Set(["groups", "add_groups", "remove_groups"]);

const byWord = new Map(
  fields.flatMap((field) => words[field].map((word, rank) => [compact(word), { field, rank }] as const)),
);

/** The field that a heading means, and its rank among the headings for that field; 0 is the best. */
export function meaningOf(heading: string): { readonly field: Field; readonly rank: number } | undefined {
  return byWord.get(compact(heading));
}

/** Whether a heading means first and last name in one column; Adobe takes them only apart. */
export function isWholeName(heading: string): boolean {
  return /^(full|whole|complete|display|common|employee|person|preferred)?name$/.test(compact(heading));
}

/** All known headings, and the fields that they mean. */
export function knownWords(): readonly (readonly [word: string, field: Field])[] {
  return fields.flatMap((field) => words[field].map((word): readonly [string, Field] => [word, field]));
}

/** Letters and digits alone, without accents, letter case and text in brackets. */
export function compact(heading: string): string {
  return heading
    .replaceAll(/\[[^\]]*\]|\([^)]*\)/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
