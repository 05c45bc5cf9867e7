import { errorDetails } from "../http/error-details.ts";
import { isBell } from "../operation/bell.ts";
import { type Place, placeAfter } from "../operation/place.ts";
import { backoffMs } from "../pacing/backoff.ts";
import type { HiddenStore } from "../pacing/hidden-dynamo.ts";
import { blockAt } from "../pacing/lane.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import { Batch, type BatchServices } from "./batch.ts";
import type { Concluder } from "./concluder.ts";
import { type Delivery, type Message, readDeliveries } from "./delivery.ts";
import type { DispatchEvent, RequeueReason } from "./events.ts";
import type { NextRequest } from "./next-request.ts";
import { hideUntil, longestSleepMs } from "./requeue.ts";
import type { Sender, SenderServices, Wait } from "./sender.ts";
import { type TakeApartServices, takeApart } from "./take-apart.ts";
import type { WorkQueue } from "./work-queue-sqs.ts";

export interface DispatchServices extends BatchServices, TakeApartServices, Pick<SenderServices, "clock" | "random"> {
  readonly queue: WorkQueue;
  readonly hidden: HiddenStore;
  readonly sender: Sender;
  readonly nextRequest: NextRequest;
  readonly concluder: Concluder;
  readonly waitingRoom: WaitingRoom;
  readonly report: (event: DispatchEvent) => void;
}

/** A paused lane is looked at this often; resume shows hidden messages earlier. */
const pauseMs = 30 * 60_000;
/** A bell that was received this often is not kept: SQS would soon move it away. The releaser rings within a minute. */
const mostBellReceives = 900;
/** Work that has ended is not kept as a bell if it was received this often. */
const mostReceivesAsBell = 50;
/** A leaver that waits for the answer to a request in flight looks again after this time. */
const answerPauseMs = 5000;
/** To end ten operations of the room takes no longer. */
const endingMs = 30_000;

/** Works on one batch of one lane, and on work that is due in the waiting room. */
export class Dispatcher {
  readonly #services: DispatchServices;
  /** How many unexpected errors came in a row in this process. */
  #errors = 0;

  constructor(services: DispatchServices) {
    this.#services = services;
  }

  /**
   * Sends what can be sent, writes down the results, parks operations that wait on their own account, and hides the
   * other messages until they can be sent.
   *
   * @param deliveries the batch, in the queue's order
   * @param endsAt when the invocation will be killed, in milliseconds since the epoch
   * @returns the ids of the messages that must stay in the queue. Never rejects.
   */
  async dispatch(deliveries: readonly Delivery[], endsAt: number): Promise<string[]> {
    let remaining: readonly Delivery[] = deliveries;
    try {
      const { messages, unreadable, poison } = readDeliveries(deliveries);
      const stuck = await this.#services.deadLetters.move(poison);
      stuck.push(...(await this.#takeApart(unreadable)));
      const batch = await this.#open(messages, endOf(deliveries), stuck);
      const wait = await this.#workOff(batch, endsAt);
      const unfinished = new Set(batch.works().map(({ messageId }) => messageId));
      remaining = deliveries.filter((delivery) => unfinished.has(delivery.messageId) || stuck.includes(delivery));
      if (remaining.length === 0 && mayGoThen(wait))
        remaining = lastFit(
          deliveries.filter((delivery) => !poison.includes(delivery) && !unreadable.includes(delivery)),
        );
      if (remaining.length > 0) await this.#requeue(remaining, wait.until, wait.reason);
      this.#errors = 0;
    } catch (error) {
      await this.#requeueUnexpected(remaining, error);
    }
    return remaining.map(({ messageId }) => messageId);
  }

  /**
   * A batch without unreadable messages: those have been taken apart. @param stuck receives the messages that must stay
   */
  async #open(messages: readonly Message[], end: Place | undefined, stuck: Delivery[]): Promise<Batch> {
    for (let rest = messages; ; ) {
      const batch = await Batch.open(this.#services, rest, end);
      const { unreadable } = batch;
      if (unreadable.length === 0) return batch;
      stuck.push(...(await this.#takeApart(unreadable.map(({ delivery }) => delivery))));
      // Operations that were parked from them show only in a batch that is read afterwards.
      rest = rest.filter((message) => !unreadable.includes(message));
    }
  }

  /** @returns the deliveries that must stay in the queue */
  async #takeApart(unreadable: readonly Delivery[]): Promise<Delivery[]> {
    const stuck: Delivery[] = [];
    for (const delivery of unreadable)
      if ((await takeApart(this.#services, delivery, true)).isStuck) stuck.push(delivery);
    return stuck;
  }

  async #workOff(batch: Batch, endsAt: number): Promise<Wait> {
    const { clock, sender, concluder, nextRequest, waitingRoom } = this.#services;
    // A crash may have come after an operation ended and before those behind it were let go.
    if (batch.room !== undefined) for (const row of batch.ended) await waitingRoom.end(row);
    let hasParked = false;
    let hasSent = false;
    for (;;) {
      const now = clock.now();
      if (batch.works().length === 0 && batch.room === undefined)
        return { kind: "wait", until: now, reason: "unfinished" };
      const block = blockAt(batch.lane.lane, now);
      if (batch.pause !== undefined)
        return { kind: "wait", until: Math.max(now + pauseMs, block?.until ?? 0), reason: "paused" };
      if (block !== undefined) {
        if (block.until - now > longestSleepMs) return { kind: "wait", ...block };
        await clock.sleep(block.until - now);
        continue;
      }
      const { endings } = batch;
      const next = await nextRequest.find(batch);
      hasParked ||= next.hasParked;
      if (next.kind === "nothing") {
        // All that was due has ended, as in a canceled set of removals, and more may be behind it.
        if (batch.endings > endings && clock.now() + endingMs < endsAt) continue;
        if (batch.awaitsAnswer) return { kind: "wait", until: now + answerPauseMs, reason: "in-flight" };
        return { kind: "wait", until: now, reason: "unfinished" };
      }
      // Parking or sending has made room in the batch, and the queue may hold more work for the request.
      if (next.isThin && batch.mayBeRefilled && (hasParked || hasSent))
        return { kind: "wait", until: now, reason: "refill" };
      const sent = await sender.send(next, batch.lane, endsAt);
      if (sent.kind === "wait") return orBlock(sent, batch);
      hasSent = true;
      await concluder.conclude(next, sent, batch);
    }
  }

  async #requeue(deliveries: readonly Delivery[], until: number, reason: RequeueReason): Promise<void> {
    const { clock, queue, hidden: store, report } = this.#services;
    const handles = deliveries.map(({ receiptHandle }) => receiptHandle);
    const hidden = await queue.hide(hideUntil(deliveries, until, clock.now()));
    // SQS takes none of the handles of a batch that Lambda hands over late. They must not take the place of better ones.
    if (hidden > 0 && canBeEnded(reason)) await store.write({ until, handles }, clock.now());
    report({ kind: "requeued", messages: hidden, reason, until });
    if (hidden < deliveries.length) report({ kind: "not hidden", messages: deliveries.length - hidden });
  }

  async #requeueUnexpected(deliveries: readonly Delivery[], error: unknown): Promise<void> {
    const { clock, random, report } = this.#services;
    report({ kind: "unexpected error", ...errorDetails(error) });
    this.#errors++;
    try {
      await this.#requeue(deliveries, clock.now() + backoffMs(this.#errors, random), "unexpected");
    } catch (hideError) {
      // The messages come back when their visibility timeout ends.
      report({ kind: "unexpected error", ...errorDetails(hideError) });
    }
  }
}

/** SQS hands a group out in its order, and nothing of it while an earlier message is in flight. */
function endOf(deliveries: readonly Delivery[]): Place | undefined {
  const last = deliveries.at(-1);
  return last === undefined ? undefined : placeAfter(last.sequenceNumber);
}

/** After a stale slot was given back, the lane was read again; another dispatcher may have blocked it since. */
function orBlock(wait: Wait, { lane: { lane } }: Batch): Wait {
  const block = blockAt(lane, wait.until);
  return block === undefined ? wait : { kind: "wait", ...block };
}

/** Whether a resume may end the wait early. */
function canBeEnded(reason: RequeueReason): boolean {
  switch (reason) {
    case "paused":
    case "adobe-unavailable":
    case "credentials-refused":
    case "credentials-unreadable":
      return true;
    case "throttled":
    case "budget":
    case "in-flight":
    case "refill":
    case "time":
    case "unfinished":
    case "unexpected":
      return false;
  }
}

/** Whether the room may have work that goes once the wait is over. A resume rings. */
function mayGoThen({ reason }: Wait): boolean {
  switch (reason) {
    case "throttled":
    case "adobe-unavailable":
    case "credentials-refused":
    case "credentials-unreadable":
    case "budget":
    case "in-flight":
    case "time":
      return true;
    case "paused":
    case "refill":
    case "unfinished":
    case "unexpected":
      return false;
  }
}

/** The last delivery, unless it came often: left in the queue, it is as good as a bell for the work before its place. */
function lastFit(deliveries: readonly Delivery[]): Delivery[] {
  return deliveries
    .slice(-1)
    .filter(({ body, receiveCount }) => receiveCount < (isBell(body) ? mostBellReceives : mostReceivesAsBell));
}
