import { isFinal } from "../operation/status.ts";
import type { Read } from "../schema/read.ts";
import type { Ledger } from "./ledger-dynamo.ts";
import type { LedgerRow } from "./row.ts";
import type { intentSchema } from "./row-schema.ts";

/** A mark that somebody is about to cancel an operation. */
export type Intent = Read<typeof intentSchema>;

/** After this time the cancel that left an intent has ended, or has crashed. */
const intentMs = 60_000;

/** Until when the operation must not be sent, if somebody is about to cancel it. */
export function intentUntil({ cancel }: LedgerRow, now: number): number | undefined {
  if (cancel === undefined) return undefined;
  const until = cancel.at + intentMs;
  return until > now ? until : undefined;
}

/**
 * Removes the intent from the row. The row then has another revision, so that a late cancel cannot write it.
 *
 * @returns the row as the ledger then holds it
 */
export async function withoutIntent(ledger: Ledger, row: LedgerRow): Promise<LedgerRow> {
  let read = row;
  for (;;) {
    const { cancel, ...rest } = read;
    if (isFinal(read.status) || cancel === undefined || cancel.owner !== row.cancel?.owner) return read;
    if (await ledger.write(rest)) return { ...rest, revision: rest.revision + 1 };
    const current = await ledger.readAgain(row.operation.id);
    if (current === undefined) return rest;
    // A row that another function wrote may lack its place.
    read = row.place === undefined ? current : { place: row.place, ...current };
  }
}
