import { isFinal } from "../operation/status.ts";
import type { Read } from "../schema/read.ts";
import type { Ledger } from "./ledger.ts";
import type { LedgerRow } from "./row.ts";
import type { intentSchema } from "./row-schema.ts";

/** That somebody is about to cancel an operation. */
export type Intent = Read<typeof intentSchema>;

/** Whoever leaves an intent has long finished after this, or never will. */
const intentMs = 60_000;

/** Until when the operation is not to be sent, if somebody is about to cancel it. */
export function intentUntil({ cancel }: LedgerRow, now: number): number | undefined {
  if (cancel === undefined) return undefined;
  const until = cancel.at + intentMs;
  return until > now ? until : undefined;
}

/**
 * Takes the intent off the row. The row has another revision then, so that who left the intent and comes late writes
 * nothing.
 *
 * @returns the row as the ledger holds it then
 */
export async function withoutIntent(ledger: Ledger, row: LedgerRow): Promise<LedgerRow> {
  let read = row;
  for (;;) {
    const { cancel, ...rest } = read;
    if (isFinal(read.status) || cancel === undefined || cancel.owner !== row.cancel?.owner) return read;
    if (await ledger.write(rest)) return { ...rest, revision: rest.revision + 1 };
    const current = await ledger.readAgain(row.operation.id);
    if (current === undefined) return rest;
    // A row that another wrote need not know its place.
    read = row.place === undefined ? current : { place: row.place, ...current };
  }
}
