import { createHash } from "node:crypto";
import { inParallel } from "../language/in-parallel.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { newRow } from "../ledger/row.ts";
import { callIdFor, operationIdFor } from "../operation/ids.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import type { Clock } from "../time/clock.ts";
import { outgoingBatches } from "./batches.ts";
import type { CallRecord, CallRecords } from "./call-records.ts";
import type { Submission } from "./parse.ts";
import type { SubmissionQueue } from "./submission-queue.ts";

export interface SubmitServices {
  readonly clock: Clock;
  /** A new unguessable key each time. */
  readonly newKey: () => string;
  readonly calls: CallRecords;
  readonly queue: SubmissionQueue;
  readonly ledger: Ledger;
}

export type Submitted =
  | { readonly kind: "queued"; readonly ids: readonly OperationId[] }
  /** SQS did not take everything. Repeated under the same key, the call continues where it stopped. */
  | { readonly kind: "incomplete"; readonly queued: readonly OperationId[]; readonly notQueued: readonly OperationId[] }
  /** The key came with another payload before. */
  | { readonly kind: "key-reused" }
  /** A call with this key and payload is still at work. */
  | { readonly kind: "still-running" };

/** API Gateway gives up after 30 s and the function is killed after 29; nobody is at work on a call after this. */
const leaseMs = 60_000;
/** Rows written at a time. */
const parallelWrites = 25;

/** Accepts calls that hand in operations. */
export class Submitter {
  readonly #services: SubmitServices;

  constructor(services: SubmitServices) {
    this.#services = services;
  }

  /**
   * Records the call, queues its operations, and puts them into the ledger. What is not queued has no row.
   *
   * @throws whatever the table throws; a repeat under the same key is then safe once the lease has run out
   */
  async submit(submission: Submission): Promise<Submitted> {
    const { clock, newKey, calls } = this.#services;
    const callId = callIdFor(submission.idempotencyKey ?? newKey());
    const payloadHash = hashOf(submission);
    const now = clock.now();
    const known = await calls.read(callId, payloadHash, now);
    if (known.payloadHash !== payloadHash) return { kind: "key-reused" };
    const operations = operationsOf(submission, callId, known.acceptedAt, now);
    if (known.isComplete) return { kind: "queued", ids: operations.map(({ id }) => id) };
    if (known.leaseUntil > now) return { kind: "still-running" };
    const record = await calls.write(callId, { ...known, leaseUntil: now + leaseMs });
    return record === undefined ? { kind: "still-running" } : await this.#queue(callId, record, operations);
  }

  async #queue(callId: string, record: CallRecord, operations: readonly Operation[]): Promise<Submitted> {
    const { calls, queue, ledger } = this.#services;
    const sent = new Set(record.sent);
    const batches = outgoingBatches(operations);
    const unsent = batches
      .map((batch) => batch.filter(({ index }) => !sent.has(index)))
      .filter(({ length }) => length > 0);
    const isComplete = await queue.send(unsent, ({ index }) => sent.add(index));
    const queued = batches.flat().filter(({ index }) => sent.has(index));
    const queuedOperations = queued.flatMap((message) => message.operations);
    // A row that is there was written by an earlier try, or by dispatch, which knows more.
    await inParallel(queuedOperations, parallelWrites, (operation) => ledger.write(newRow(operation)));
    await calls.write(callId, { ...record, sent: [...sent], isComplete, leaseUntil: 0 });
    const ids = operations.map(({ id }) => id);
    if (isComplete) return { kind: "queued", ids };
    const queuedIds = new Set(queuedOperations.map(({ id }) => id));
    return {
      kind: "incomplete",
      queued: ids.filter((id) => queuedIds.has(id)),
      notQueued: ids.filter((id) => !queuedIds.has(id)),
    };
  }
}

function operationsOf(
  { commands, testOnly }: Submission,
  callId: string,
  acceptedAt: number,
  now: number,
): Operation[] {
  return commands.map((command, index) => ({
    id: operationIdFor(callId, acceptedAt, index),
    command,
    testOnly,
    generation: 0,
    acceptedAt,
    queuedAt: now,
  }));
}

function hashOf({ commands, testOnly }: Submission): string {
  return createHash("sha256").update(JSON.stringify({ commands, testOnly })).digest("hex");
}
