import { failureOf, type PlannedRefusal, refusesEntry } from "../refusals.ts";
import { ServiceError } from "../service-error.ts";
import {
  batchEntryIdsNotDistinct,
  emptyBatchRequest,
  invalidBatchEntryId,
  tooManyEntriesInBatchRequest,
} from "./errors.ts";

/** AWS: "Maximum number of entries per request are 10." */
const MAX_ENTRIES = 10;

interface FailedEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

export interface BatchAnswer<R> {
  readonly Successful: ({ readonly Id: string } & R)[];
  readonly Failed?: FailedEntry[];
}

/**
 * Checks the rules of a batch that AWS checks before it looks at any entry.
 *
 * @param entryType the entries' type as AWS names it, such as `SendMessageBatchRequestEntry`
 * @throws ServiceError for no entries, too many, a malformed or a repeated id
 */
export function checkBatch(entries: readonly { readonly Id: string }[], entryType: string): void {
  if (entries.length === 0) throw emptyBatchRequest(entryType);
  if (entries.length > MAX_ENTRIES) throw tooManyEntriesInBatchRequest(MAX_ENTRIES, entries.length);
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) throw invalidBatchEntryId();
    if (seen.has(Id)) throw batchEntryIdsNotDistinct(Id);
    seen.add(Id);
  }
}

/** Runs `work` on each entry, in order; one entry may fail without the others. */
export function runBatch<E extends { readonly Id: string }, R extends object>(
  entries: readonly E[],
  refusal: PlannedRefusal | undefined,
  work: (entry: E) => R,
): BatchAnswer<R> {
  const successful: ({ Id: string } & R)[] = [];
  const failed: FailedEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const { Id } = entry;
    const refused = refusal !== undefined && refusesEntry(refusal, entry, index) ? refusal : undefined;
    try {
      const result = refused && !refused.applied ? undefined : work(entry);
      if (refused !== undefined) failed.push(asFailedEntry(Id, refused));
      else if (result !== undefined) successful.push({ Id, ...result });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed.push({ Id, SenderFault: error.senderFault, Code: error.code, Message: error.message });
    }
  }
  return failed.length === 0 ? { Successful: successful } : { Successful: successful, Failed: failed };
}

function asFailedEntry(Id: string, refusal: PlannedRefusal): FailedEntry {
  const { status, code, message } = failureOf(refusal);
  return { Id, SenderFault: status < 500, Code: code, Message: message };
}
