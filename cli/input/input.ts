import type { OperationRequest } from "../../shared/api/requests.ts";
import type { Command } from "../../shared/umapi/command.ts";
import type { Field } from "./csv/fields.ts";

/** The commands of a file, and its faults. */
export interface Input {
  readonly form: "CSV" | "JSON";
  readonly entries: readonly Entry[];
  /** What cannot be submitted, in the file's order. */
  readonly faults: readonly InputFault[];
  /** What can be submitted but may not be what was meant: a sentence or some lines each. */
  readonly warnings: readonly string[];
}

/** One command, and where it stands, for example `line 7` or `operation 3`. */
export interface Entry {
  readonly at: string;
  readonly command: Command;
  /** ISO 8601. */
  readonly notBefore?: string;
}

/** The entry in the form that the API takes. */
export function handedOn({ command, notBefore }: Entry): OperationRequest {
  return notBefore === undefined ? command : { ...command, notBefore };
}

export interface InputFault {
  readonly at: string;
  /** What is wrong there and what was expected. It shows the value, because it is for the person whose file it is. */
  readonly detail: string;
}

/** How the lines of a CSV file become commands. */
export interface CsvChoices {
  /** The type of account, for lines without one. */
  readonly type: IdentityType;
  /** What to do with a user who exists already, for lines that do not say. */
  readonly ifExists: IfExists;
  /** The action, for lines without one. @default the one that the heading suggests */
  readonly action?: Action | undefined;
  /** The code of the country, for lines without one. */
  readonly country?: string | undefined;
  /** The headings of fields that have other headings than the known ones. */
  readonly columns?: ColumnNames | undefined;
}

export type ColumnNames = ReadonlyMap<Field, readonly string[]>;

export const identityTypes = ["federatedID", "enterpriseID", "adobeID"] as const;
export type IdentityType = (typeof identityTypes)[number];

export const actions = ["create", "update", "remove", "add-groups", "remove-groups"] as const;
export type Action = (typeof actions)[number];

export const ifExistsChoices = ["update", "ignore", "fail"] as const;
export type IfExists = (typeof ifExistsChoices)[number];
