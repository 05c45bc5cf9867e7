import { createHash } from "node:crypto";
import { inParallel } from "../language/in-parallel.ts";
import type { LeaversFirst } from "../leavers/leavers-first.ts";
import type { Ledger } from "../ledger/ledger-dynamo.ts";
import { type LedgerRow, newRow } from "../ledger/row.ts";
import { operationIdFor } from "../operation/ids.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import { type Place, placeOf } from "../operation/place.ts";
import { allPassed, marked, type RemovalCounter } from "../removals/removal-counter.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { Submission } from "./accept.ts";
import { outgoingBatches } from "./batches.ts";
import type { CallRecord, CallRecords } from "./call-records-dynamo.ts";
import type { SubmissionQueue } from "./submission-queue-sqs.ts";

export interface SubmitServices {
  readonly clock: Clock;
  /** A new unguessable key each time. */
  readonly newKey: () => string;
  readonly calls: CallRecords;
  readonly queue: SubmissionQueue;
  readonly ledger: Ledger;
  readonly waitingRoom: WaitingRoom;
  readonly removalCounter: RemovalCounter;
  readonly leaversFirst: LeaversFirst;
}

export type Submitted =
  | {
      readonly kind: "queued";
      readonly ids: readonly OperationId[];
      /** Whether the whole call was queued before, so that nothing was queued this time. */
      readonly replayed: boolean;
    }
  /** SQS did not take everything. If the call is repeated under the same key, it continues where it stopped. */
  | { readonly kind: "incomplete"; readonly queued: readonly OperationId[]; readonly notQueued: readonly OperationId[] }
  /** The key was used with another payload before. */
  | { readonly kind: "key-reused" }
  /** A call with this key and payload is still at work. */
  | { readonly kind: "still-running" };

/**
 * API Gateway gives up after 30 s and the function is killed after 29 s, so nothing works on a call after this time.
 */
export const leaseMs = 60_000;
/** How many rows are written at a time. */
const parallelWrites = 25;

/** Queues the operations of accepted calls. */
export class Submitter {
  readonly #services: SubmitServices;

  constructor(services: SubmitServices) {
    this.#services = services;
  }

  /**
   * Records the call, queues its operations, and puts them into the ledger. An operation that was not queued has no
   * row. Scheduled operations wait in the waiting room until their time.
   *
   * @throws the errors of the table; a repeat under the same key is then safe once the lease has expired
   */
  async submit(submission: Submission): Promise<Submitted> {
    const { clock, newKey, calls, removalCounter } = this.#services;
    const { idempotencyKey = newKey(), submittedBy } = submission;
    const payloadHash = hashOf(submission);
    const now = clock.now();
    const { callId, record: known } = await calls.find(idempotencyKey, submittedBy, payloadHash, now);
    if (known.payloadHash !== payloadHash) return { kind: "key-reused" };
    const operations = operationsOf(submission, callId, known.acceptedAt, now);
    if (known.isComplete) return { kind: "queued", ids: operations.map(({ id }) => id), replayed: true };
    if (known.leaseUntil > now) return { kind: "still-running" };
    // Counted before the call is recorded, so that a repeat after a crash in between counts the same occasion.
    const removals = known.removals ?? (await removalCounter.count(operations.filter(isDueNow), callId));
    const counted = removals.passed === 0 && removals.set === undefined ? {} : { removals };
    const lastDueAt = Math.max(0, ...operations.filter(isScheduled).map(({ notBefore = 0 }) => notBefore));
    const due = lastDueAt === 0 ? {} : { lastDueAt };
    const record = await calls.write(callId, {
      ...known,
      ...due,
      ...counted,
      leaseUntil: now + leaseMs,
      owner: newKey(),
    });
    if (record === undefined) return { kind: "still-running" };
    return await this.#queue(callId, record, operations, known.owner === undefined);
  }

  async #queue(
    callId: string,
    record: CallRecord,
    operations: readonly Operation[],
    isFirstTry: boolean,
  ): Promise<Submitted> {
    const { calls, queue, ledger, leaversFirst } = this.#services;
    const sent = new Set(record.sent);
    const scheduled = operations.filter(isScheduled);
    const dueNow = marked(operations.filter(isDueNow), record.removals ?? allPassed);
    // Scheduled operations come first: if the room does not take them, nothing of the call has been queued.
    await inParallel(scheduled, parallelWrites, (operation) => this.#schedule(operation));
    const batches = outgoingBatches(dueNow);
    const unsent = batches.map((batch) => batch.filter(({ index }) => !sent.has(index)));
    const places = new Map<OperationId, Place>();
    const isComplete = await queue.send(unsent, ({ index, operations: inMessage }, sequenceNumber) => {
      sent.add(index);
      for (const [at, { id }] of inMessage.entries()) places.set(id, placeOf(sequenceNumber, at));
    });
    const queued = batches.flat().filter(({ index }) => sent.has(index));
    const queuedOperations = queued.flatMap((message) => message.operations);
    // A row that exists was written by an earlier try, or by dispatch, which knows more.
    await inParallel(queuedOperations, parallelWrites, async (operation) => {
      const place = places.get(operation.id);
      const row = { ...newRow(operation), ...(place === undefined ? {} : { place }) };
      // An earlier try may have sent messages that nobody has noted, so that what follows them may look older than a leaver.
      await ledger.write(isFirstTry ? await leaversFirst.admit(row) : row);
    });
    await calls.write(callId, { ...record, sent: [...sent], isComplete, leaseUntil: 0 });
    const ids = operations.map(({ id }) => id);
    if (isComplete) return { kind: "queued", ids, replayed: false };
    const queuedIds = new Set([...scheduled, ...queuedOperations].map(({ id }) => id));
    return {
      kind: "incomplete",
      queued: ids.filter((id) => queuedIds.has(id)),
      notQueued: ids.filter((id) => !queuedIds.has(id)),
    };
  }

  /** As for all parked operations, the entries are written first. They do not count if the row has gone on since. */
  async #schedule(operation: Operation & { readonly notBefore: number }): Promise<void> {
    const { ledger, waitingRoom } = this.#services;
    const row: LedgerRow = { ...newRow(operation), parked: { reason: "scheduled", dueAt: operation.notBefore } };
    await waitingRoom.expect(row);
    await ledger.write(row);
  }
}

/** Compared with the time when the call was accepted, so that a repeat decides in the same way. */
function isScheduled(operation: Operation): operation is Operation & { readonly notBefore: number } {
  return operation.notBefore !== undefined && operation.notBefore > operation.acceptedAt;
}

function isDueNow(operation: Operation): boolean {
  return !isScheduled(operation);
}

function operationsOf(
  { commands, notBefore, testOnly, submittedBy }: Submission,
  callId: string,
  acceptedAt: number,
  now: number,
): Operation[] {
  return commands.map((command, index) => {
    const dueAt = notBefore?.get(index);
    return {
      id: operationIdFor(callId, acceptedAt, index),
      command,
      testOnly,
      ...(submittedBy === undefined ? {} : { submittedBy }),
      ...(dueAt === undefined ? {} : { notBefore: dueAt }),
      generation: 0,
      callSize: commands.length,
      acceptedAt,
      queuedAt: now,
    };
  });
}

function hashOf({ commands, notBefore, testOnly }: Submission): string {
  const payload = { commands, testOnly, ...(notBefore === undefined ? {} : { notBefore: [...notBefore] }) };
  return createHash("sha256").update(JSON.stringify(payload)).digest("hex");
}
