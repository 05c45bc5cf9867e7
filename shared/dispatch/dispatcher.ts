import { networkDetails } from "../http/network-fault.ts";
import type { Settlement } from "../ledger/settlement.ts";
import type { OperationId } from "../operation/operation.ts";
import type { Outcome } from "../operation/outcome.ts";
import { isFinal } from "../operation/status.ts";
import { backoffMs } from "../pacing/backoff.ts";
import { blockAt, closeRequest, fatesAt, type LaneNews, learn, leaveOpen } from "../pacing/lane.ts";
import { type PlannedRequest, plan } from "../planning/plan.ts";
import type { Slice } from "../planning/slices.ts";
import { Batch, type BatchServices } from "./batch.ts";
import type { Confirmation } from "./confirmation.ts";
import { type Delivery, readDeliveries } from "./delivery.ts";
import { type DispatchEvent, laneBlocked, type RequeueReason } from "./events.ts";
import { hold } from "./hold.ts";
import { type Judgement, judge } from "./outcome.ts";
import type { WorkQueue } from "./queue.ts";
import { hideUntil, longestSleepMs } from "./requeue.ts";
import type { Answered, Sender, SenderServices, Wait } from "./sender.ts";

export interface DispatchServices extends BatchServices, Pick<SenderServices, "clock" | "random" | "report"> {
  readonly settlement: Settlement;
  readonly queue: WorkQueue;
  readonly sender: Sender;
  readonly confirmation: Confirmation;
}

/** Something of a batch had to wait while the rest went on: it rides with the next batch. */
const nextBatchMs = 2000;
/** If nothing else can be sent, held work is looked at again this often, and ever less often after many receives. */
const lookAgainMs = 15_000;
const manyReceives = 50;

/** Works off one batch of one lane. */
export class Dispatcher {
  readonly #services: DispatchServices;

  constructor(services: DispatchServices) {
    this.#services = services;
  }

  /**
   * Sends what can be sent, writes down what became of it, and hides the rest until it can be.
   *
   * @param deliveries the batch, in the queue's order
   * @param endsAt when the invocation will be killed, in milliseconds since the epoch
   * @returns the ids of the messages that are to stay in the queue. Never rejects.
   */
  async dispatch(deliveries: readonly Delivery[], endsAt: number): Promise<string[]> {
    let remaining: readonly Delivery[] = deliveries;
    try {
      const { messages, poison } = readDeliveries(deliveries);
      const stuck = await this.#deadLetter(poison);
      const batch = await Batch.open(this.#services, messages);
      const wait = await this.#workOff(batch, endsAt);
      const unfinished = new Set(batch.works().map(({ messageId }) => messageId));
      remaining = deliveries.filter((delivery) => unfinished.has(delivery.messageId) || stuck.includes(delivery));
      if (remaining.length > 0) await this.#requeue(remaining, wait.until, wait.reason);
    } catch (error) {
      await this.#requeueUnexpected(remaining, error);
    }
    return remaining.map(({ messageId }) => messageId);
  }

  async #workOff(batch: Batch, endsAt: number): Promise<Wait> {
    const { clock, sender, settlement } = this.#services;
    let hasSent = false;
    for (;;) {
      const now = clock.now();
      // Each time: what was open when the batch was may be so no longer.
      const fates = fatesAt(batch.lane.lane, now);
      await batch.markUnknown(fates.unknown, settlement);
      const works = batch.works();
      if (works.length === 0) return { kind: "wait", until: now, reason: "unfinished" };
      const block = blockAt(batch.lane.lane, now);
      if (block !== undefined) {
        if (block.until - now > longestSleepMs) return { kind: "wait", ...block };
        await clock.sleep(block.until - now);
        continue;
      }
      const { sendable, earliest } = hold(works, (work) => batch.notBefore(work, fates.open, now), now);
      const [request] = plan(sendable);
      if (request === undefined) {
        const openUntil = batch.openUntil(fates.open);
        if (openUntil > now) return { kind: "wait", until: openUntil, reason: "in-flight" };
        const until = hasSent ? now + nextBatchMs : Math.min(earliest ?? now, now + lookAgainAfterMs(batch.receives));
        return { kind: "wait", until, reason: "held" };
      }
      const sent = await sender.send(request, batch.lane, endsAt);
      if (sent.kind === "wait") return orBlock(sent, batch);
      hasSent = true;
      await this.#conclude(request, sent, batch);
    }
  }

  /** Writes down what an answer means: first for each operation, then for the lane. */
  async #conclude(request: PlannedRequest, { requestId, answer }: Answered, batch: Batch): Promise<void> {
    const { clock, random, report } = this.#services;
    const now = clock.now();
    const judgement = judge(request, answer, { lastSuccessAt: batch.lane.lane.lastSuccessAt, now });
    report({
      kind: "action request",
      requestId,
      commands: request.slices.length,
      testOnly: request.testOnly,
      status: answer.kind === "response" ? answer.status : answer.kind,
      verdict: judgement.verdict.kind,
      operationIds: request.slices.flatMap(({ parts }) => parts.map(({ operation }) => operation.id)),
    });
    await Promise.all(request.slices.map((slice) => this.#settleInOrder(batch, slice, judgement.outcomes)));
    const end = answer.kind === "unanswered" ? leaveOpen : closeRequest;
    const { lane } = await batch.lane.update((state) => ({
      lane: learn(end(state, requestId, now), newsIn(judgement), now, random),
    }));
    const blocked = laneBlocked(lane, now);
    if (blocked !== undefined) report(blocked);
  }

  /**
   * Operations of one message come on one root: were a later one written before a crash and an earlier one not, the
   * earlier would be sent again, after what came after it.
   */
  async #settleInOrder(batch: Batch, { parts }: Slice, outcomes: Judgement["outcomes"]): Promise<void> {
    for (const { operation } of parts) {
      const outcome = outcomes.get(operation.id);
      if (outcome !== undefined) await this.#settle(batch, operation.id, outcome);
    }
  }

  async #settle(batch: Batch, id: OperationId, outcome: Outcome): Promise<void> {
    const row = batch.row(id);
    if (row === undefined) return;
    const settled = await this.#services.settlement.settle(row, await this.#services.confirmation.resolve(outcome));
    batch.keep(settled);
    const { status } = settled;
    if (!isFinal(status)) return;
    this.#services.report({
      kind: "operation finished",
      operationId: id,
      status,
      attempts: settled.charges,
      ...(settled.error === undefined ? {} : { code: settled.error.code }),
    });
  }

  /** @returns the deliveries that could not be moved */
  async #deadLetter(poison: readonly Delivery[]): Promise<Delivery[]> {
    const stuck: Delivery[] = [];
    for (const delivery of poison) {
      const reason = "The message is no JSON of this service's form.";
      try {
        await this.#services.queue.deadLetter(delivery, reason);
        this.#services.report({ kind: "dead-lettered", messageId: delivery.messageId, reason });
      } catch (error) {
        this.#services.report(unexpected(error));
        stuck.push(delivery);
      }
    }
    return stuck;
  }

  async #requeue(deliveries: readonly Delivery[], until: number, reason: RequeueReason): Promise<void> {
    const { clock, queue, report } = this.#services;
    await queue.hide(hideUntil(deliveries, until, clock.now()));
    report({ kind: "requeued", messages: deliveries.length, reason, until });
  }

  async #requeueUnexpected(deliveries: readonly Delivery[], error: unknown): Promise<void> {
    const { clock, random, report } = this.#services;
    report(unexpected(error));
    const receiveCount = deliveries[0]?.receiveCount ?? 1;
    try {
      await this.#requeue(deliveries, clock.now() + backoffMs(receiveCount, random), "unexpected");
    } catch (hideError) {
      // The messages come back when their visibility runs out.
      report(unexpected(hideError));
    }
  }
}

/** Where a stale slot was given back, the lane was read again, and another dispatcher may have blocked it since. */
function orBlock(wait: Wait, { lane: { lane } }: Batch): Wait {
  const block = blockAt(lane, wait.until);
  return block === undefined ? wait : { kind: "wait", ...block };
}

/** SQS dead-letters what it has handed out a thousand times; so spaced, that takes longer than the 13 days of a wait. */
function lookAgainAfterMs(receives: number): number {
  return lookAgainMs * Math.max(1, (receives / manyReceives) ** 2);
}

/** What the judgement says about the lane as a whole. */
function newsIn({ verdict, provenOwn }: Judgement): LaneNews | undefined {
  switch (verdict.kind) {
    case "answered":
      return { kind: "success" };
    case "rejected":
      return undefined;
    case "throttled":
    case "credentials-refused":
      return verdict;
    case "adobe-unavailable": {
      const { retryAfterMs } = verdict;
      if (provenOwn) return undefined;
      return { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
  }
}

/** What may be logged of an error that nobody foresaw: a message may quote anything. */
function unexpected(error: unknown): DispatchEvent {
  const name = error instanceof Error ? error.name : typeof error;
  const location =
    error instanceof Error
      ? (error.stack
          ?.split("\n")
          .find((line) => /^\s+at /.test(line))
          ?.trim() ?? "")
      : "";
  return { kind: "unexpected error", name, location, ...networkDetails(error) };
}
