/**
 * What a column may tell, and the words that files call it by: the better one first, for where a file has two. They are
 * those of Adobe's samples, of its sync tool, of its command line, of the Admin Console's files, and of directories and
 * HR systems. Letter case, spaces, signs and what stands in brackets do not matter.
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
  hard_delete: ["hard_delete"],
  umapi: ["umapi"],
} as const;

export type Field = keyof typeof words;
/** What a line says of a field; empty where it says nothing. */
export type Values = (field: Field) => string;

const isField = (name: string): name is Field => Object.hasOwn(words, name);
export const fields: readonly Field[] = Object.keys(words).filter(isField);

/** What `umapi list --csv` writes for who reads it, beside what a line says. */
export const reasonColumns = ["failed_code", "failed_message", "failed_hint", "failed_operation"] as const;

/** Whether nothing is to be made of a column, as a matter of course. */
export function isOurs(heading: string): boolean {
  return reasonColumns.some((column) => compact(column) === compact(heading));
}

/** Lists, which several columns may add to. */
export const listFields: ReadonlySet<Field> = new Set(["groups", "add_groups", "remove_groups"]);

const byWord = new Map(
  fields.flatMap((field) => words[field].map((word, rank) => [compact(word), { field, rank }] as const)),
);

/** What a heading means, and how good a word for it that is, from 0. */
export function meaningOf(heading: string): { readonly field: Field; readonly rank: number } | undefined {
  return byWord.get(compact(heading));
}

/** Whether a heading is that of first and last name in one, which Adobe takes apart alone. */
export function isWholeName(heading: string): boolean {
  return /^(full|whole|complete|display|common|employee|person|preferred)?name$/.test(compact(heading));
}

/** All the words that are known, and what they mean. */
export function knownWords(): readonly (readonly [word: string, field: Field])[] {
  return fields.flatMap((field) => words[field].map((word): readonly [string, Field] => [word, field]));
}

/** Letters and digits alone, without accents and letter case, and without what stands in brackets. */
export function compact(heading: string): string {
  return heading
    .replaceAll(/\[[^\]]*\]|\([^)]*\)/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
