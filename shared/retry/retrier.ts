import type { LeaversFirst } from "../leavers/leavers-first.ts";
import { orderOf } from "../ledger/item.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import type { Listing } from "../ledger/listing-dynamo.ts";
import { isKept, reopen } from "../ledger/row.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import { type Place, placeOf } from "../operation/place.ts";
import { operationIdSchema } from "../operation/schema.ts";
import { isFailure } from "../operation/status.ts";
import type { RemovalCounter } from "../removals/removal-counter.ts";
import { outgoingBatches } from "../submit/batches.ts";
import type { SubmissionQueue } from "../submit/submission-queue-sqs.ts";
import type { Clock } from "../time/clock.ts";
import { accountDeletionsIn } from "../umapi/account-deletion.ts";

export interface RetryServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly queue: SubmissionQueue;
  readonly removalCounter: RemovalCounter;
  readonly leaversFirst: LeaversFirst;
  /** Lets `removeFromOrg` with `deleteAccount: true` pass. */
  readonly allowAccountDeletion: boolean;
}

export type Retried =
  | { readonly kind: "queued"; readonly id: OperationId }
  | { readonly kind: "not-found" }
  /** Its row is of a form that this version cannot read. */
  | { readonly kind: "unreadable" }
  /** The operation has not failed, so there is nothing to retry. */
  | { readonly kind: "not-failed"; readonly supersededBy?: OperationId }
  /** It would destroy an account, and this stack does not allow that. */
  | { readonly kind: "not-allowed" }
  /** Newer work on the same user or group has succeeded, or waits, and the retry might undo it. */
  | { readonly kind: "overtaken" }
  | { readonly kind: "not-queued" };

/** Queues failed operations again, at the end of the order. */
export class Retrier {
  readonly #services: RetryServices;

  constructor(services: RetryServices) {
    this.#services = services;
  }

  /** @param confirmed whether the caller accepts that newer work may be undone */
  async retry(id: string, confirmed: boolean): Promise<Retried> {
    const { clock, ledger, queue, removalCounter, leaversFirst, allowAccountDeletion } = this.#services;
    const parsed = operationIdSchema.safeParse(id);
    const row = parsed.success ? (await ledger.read([parsed.data])).get(parsed.data) : undefined;
    if (!isKept(row)) return { kind: "not-found" };
    if (row === "unreadable") return { kind: "unreadable" };
    const { supersededBy } = row;
    if (!isFailure(row.status)) return { kind: "not-failed", ...(supersededBy === undefined ? {} : { supersededBy }) };
    if (!allowAccountDeletion && accountDeletionsIn(row.operation.command).length > 0) return { kind: "not-allowed" };
    if (!confirmed && (await this.#isOvertaken(row.operation))) return { kind: "overtaken" };
    const { generation } = row.operation;
    const next: Operation = { ...row.operation, generation: generation + 1, queuedAt: clock.now() };
    const operation = await removalCounter.mark(next);
    // The message is sent before the row is written. A message alone opens the row, but an open row without a message
    // would wait for ever.
    let place: Place | undefined;
    const isQueued = await queue.send(outgoingBatches([operation]), (_message, sequenceNumber) => {
      place = placeOf(sequenceNumber, 0);
    });
    if (!isQueued) return { kind: "not-queued" };
    await ledger.write(
      await leaversFirst.admit({ ...reopen(row, operation), ...(place === undefined ? {} : { place }) }),
    );
    return { kind: "queued", id: operation.id };
  }

  async #isOvertaken({ id, command, acceptedAt }: Operation): Promise<boolean> {
    const place = orderOf(acceptedAt, "");
    for (const status of ["succeeded", "queued"] as const) {
      const newest = await this.#services.listing.newestOn(command, status);
      if (newest !== undefined && newest.id !== id && newest.order >= place) return true;
    }
    return false;
  }
}
