import { Readable } from "node:stream";
import type { CsvChoices, Input } from "../../cli/input/input.ts";
import { readInput } from "../../cli/input/read-input.ts";

/** Reads a file of this text, as `umapi submit` does. @param given in place of the command's defaults */
export async function readFileText(text: string, given: Partial<CsvChoices> = {}): Promise<Input> {
  return await readInput("-", { type: "federatedID", ifExists: "update", ...given }, { stdin: Readable.from([text]) });
}

/** What it says instead, for a person. */
export async function refusalOf(text: string, given: Partial<CsvChoices> = {}): Promise<string> {
  return await readFileText(text, given).then(
    ({ faults }) => faults.map(({ at, detail }) => `${at}: ${detail}`).join("\n"),
    (error) => (error instanceof Error && error.name === "CommandError" ? error.message : Promise.reject(error)),
  );
}
