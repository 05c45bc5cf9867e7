import type { Command } from "../../shared/umapi/command.ts";

/** What a file asks for. */
export interface Input {
  readonly entries: readonly Entry[];
  /** What cannot be handed in, in the file's order. */
  readonly faults: readonly InputFault[];
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
  /** What is wrong there and what was expected; nothing of what stands there. */
  readonly detail: string;
}

/** How the lines of a CSV file become commands. */
export interface CsvChoices {
  /** The kind of account, where a line does not say. */
  readonly type: IdentityType;
  /** What to do with a user who is there already. */
  readonly ifExists: "update" | "ignore" | "fail";
}

export const identityTypes = ["federatedID", "enterpriseID", "adobeID"] as const;
export type IdentityType = (typeof identityTypes)[number];
