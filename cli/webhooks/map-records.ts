import { accept } from "../../shared/submit/accept.ts";
import type { Identity } from "../../shared/webhooks/identity.ts";
import { type Mapped, mapRecord } from "../../shared/webhooks/mapping.ts";
import { type NamedRecord, recordsOf } from "../../shared/webhooks/records.ts";
import type { Source } from "../../shared/webhooks/source.ts";
import { CommandError } from "../errors.ts";

/** What one record of a payload becomes. */
export interface MappedRecord {
  readonly id: string;
  readonly mapped: Mapped;
  /** Why the API would refuse the commands; none if it would take them. */
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What is known of the only record, or of every one. */
export interface Known {
  /** Undefined if none was given; null for one that is gone. */
  readonly record: unknown;
  readonly previous: Identity | undefined;
}

/**
 * What the service would do with a payload.
 *
 * @param now milliseconds since the epoch
 * @throws CommandError if its records cannot be found, or if it names several and a record is given
 */
export async function mapRecords(source: Source, payload: unknown, known: Known, now: number): Promise<MappedRecord[]> {
  const named = await recordsOf(source, payload, now);
  if (!named.ok) throw new CommandError(named.reason);
  if (named.records.length > 1 && known.record !== undefined)
    throw new CommandError(`The payload names ${named.records.length} records, and --record is for one.`);
  return await Promise.all(named.records.map((record) => mapOne(source, record, known, now)));
}

async function mapOne(source: Source, { id, payload }: NamedRecord, known: Known, now: number): Promise<MappedRecord> {
  const mapped = await mapRecord(source, { id, payload, ...known, now });
  if (mapped.kind !== "commands") return { id, mapped, faults: [] };
  const operations = mapped.commands.map((value, index) => ({ value, pointer: `/${index}` }));
  // Whether the stack allows account deletion is not known here.
  const accepted = accept({ operations, testOnly: false, receivedAt: now }, { allowAccountDeletion: true });
  if (accepted.ok) return { id, mapped, faults: [] };
  const { errors, detail } = accepted.problem;
  return { id, mapped, faults: errors ?? [{ pointer: "", detail }] };
}
