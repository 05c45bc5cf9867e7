import type { Command } from "../../shared/umapi/command.ts";
import type { Field } from "./csv/fields.ts";

/** What a file asks for. */
export interface Input {
  readonly form: "CSV" | "JSON";
  readonly entries: readonly Entry[];
  /** What cannot be handed in, in the file's order. */
  readonly faults: readonly InputFault[];
  /** What can be, and may not be what was meant: a sentence or some lines each. */
  readonly warnings: readonly string[];
}

/** One command, and where it stands, for example `line 7` or `operation 3`. */
export interface Entry {
  readonly at: string;
  readonly command: Command;
  /** ISO 8601. */
  readonly notBefore?: string;
}

/** As the API takes it. */
export function handedOn({ command, notBefore }: Entry): object {
  return notBefore === undefined ? command : { ...command, notBefore };
}

export interface InputFault {
  readonly at: string;
  /** What is wrong there and what was expected. For the person whose file it is: it shows what stands there. */
  readonly detail: string;
}

/** How the lines of a CSV file become commands. */
export interface CsvChoices {
  /** The kind of account, where a line does not say. */
  readonly type: IdentityType;
  /** What to do with a user who is there already, where a line does not say. */
  readonly ifExists: IfExists;
  /** What is to be done, where a line does not say. @default told from the heading */
  readonly action?: Action | undefined;
  /** The country, where a line does not say: its code. */
  readonly country?: string | undefined;
  /** Headings by the field that they tell, where that is not plain. */
  readonly columns?: ColumnNames | undefined;
}

export type ColumnNames = ReadonlyMap<Field, readonly string[]>;

export const identityTypes = ["federatedID", "enterpriseID", "adobeID"] as const;
export type IdentityType = (typeof identityTypes)[number];

export const actions = ["create", "update", "remove", "add-groups", "remove-groups"] as const;
export type Action = (typeof actions)[number];

export const ifExistsChoices = ["update", "ignore", "fail"] as const;
export type IfExists = (typeof ifExistsChoices)[number];
