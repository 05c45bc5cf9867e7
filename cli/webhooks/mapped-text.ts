import type { Source } from "../../shared/webhooks/source.ts";
import { counted } from "../output/text.ts";
import type { MappedRecord } from "./map-records.ts";

/** What each record becomes, for a program. */
export function mappedJson(records: readonly MappedRecord[]): string {
  const told = records.map(({ id, mapped, faults }) => ({ id, ...mapped, ...(faults.length > 0 && { faults }) }));
  return JSON.stringify(told, null, 2);
}

/**
 * What the records of a payload become, for a person to read.
 *
 * @param blind whether no record was given
 */
export function mappedText({ record }: Source, records: readonly MappedRecord[], blind: boolean): string {
  if (records.length === 0) return "The payload names no record: nothing is done.";
  const texts = records.map(recordText);
  if (record !== undefined && blind)
    texts.push("The service reads the record before it maps it. Give it with --record to see the same.");
  return texts.join("\n");
}

function recordText({ id, mapped, faults }: MappedRecord): string {
  switch (mapped.kind) {
    case "nothing":
      return `Record ${id} becomes nothing: ${mapped.why}`;
    case "incomplete":
      return `Record ${id} is not complete, and waits for its next event: ${mapped.why}`;
    case "failed":
      return `Record ${id} fails: ${mapped.reason}`;
    case "commands": {
      const { commands, identity } = mapped;
      return [
        `Record ${id} becomes ${counted(commands.length, "command")}:`,
        JSON.stringify(commands, null, 2),
        ...(identity === undefined ? [] : [`and is kept as previous: ${JSON.stringify(identity)}`]),
        ...faults.map(({ pointer, detail }) => `The API would refuse it. ${pointer}: ${detail}`),
      ].join("\n");
    }
  }
}
