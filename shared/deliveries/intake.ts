import { hideUntil } from "../dispatch/requeue.ts";
import type { WorkQueue } from "../dispatch/work-queue-sqs.ts";
import { errorDetails } from "../http/error-details.ts";
import { inParallel } from "../language/in-parallel.ts";
import { waitMs } from "../pacing/backoff.ts";
import type { Clock } from "../time/clock.ts";
import type { Delivery } from "./delivery.ts";
import { parseDeliveryMessage } from "./delivery-message.ts";
import type { DeliveryStore } from "./delivery-store-dynamo.ts";
import type { RecordWork, Worked } from "./record-work.ts";
import type { SourceStore } from "./source-store.ts";
import type { Spreader } from "./spreader.ts";

/** One receive of one message about a delivery. */
export interface Arrival {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often the message has been received, this time included. */
  readonly receiveCount: number;
  /** When it was sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Its message group: the record. */
  readonly group: string;
}

export type IntakeEvent =
  | { readonly kind: "unexpected error"; readonly name: string; readonly location: string }
  /** A message or a delivery that this version cannot read. */
  | { readonly kind: "unreadable delivery" };

export interface IntakeServices {
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: DeliveryStore;
  readonly sources: SourceStore;
  readonly recordWork: RecordWork;
  readonly spreader: Spreader;
  readonly queue: WorkQueue;
  readonly report: (event: IntakeEvent) => void;
}

/** How many records are worked on at a time, so that an HR system is asked no more at once. */
const parallelRecords = 5;
/** SQS forgets messages after 14 days. */
const longestWaitMs = 13 * 24 * 60 * 60 * 1000;

/** Works on a batch of messages: each record for itself, so that none holds another up. */
export class Intake {
  readonly #services: IntakeServices;

  constructor(services: IntakeServices) {
    this.#services = services;
  }

  /** @returns the ids of the messages that must stay in the queue. Never rejects */
  async take(arrivals: readonly Arrival[]): Promise<string[]> {
    const kept: string[] = [];
    const groups = [...Map.groupBy(arrivals, ({ group }) => group).values()];
    await inParallel(groups, parallelRecords, async (group) => {
      const [first] = group;
      if (first === undefined) return;
      const worked = await this.#work(group).catch((error) => this.#failed(error));
      if (worked.kind === "done") return;
      kept.push(...group.map(({ messageId }) => messageId));
      await this.#hide(group, worked, first.receiveCount);
    });
    return kept;
  }

  async #work(group: readonly Arrival[]): Promise<Worked> {
    const { clock, store, recordWork, report } = this.#services;
    const sent = group.flatMap(({ body, sentAt }) => {
      const id = parseDeliveryMessage(body);
      return id === undefined ? [] : [[id, sentAt] as const];
    });
    /** By the id of the delivery, when the last message about it was sent. */
    const sentAt = new Map(sent);
    const found = await store.stored([...sentAt.keys()]);
    const isReadable = sent.length === group.length && ![...found.values()].includes("unreadable");
    if (!isReadable) report({ kind: "unreadable delivery" });
    const whole: Worked = isReadable ? { kind: "done" } : { kind: "wait" };
    const queued = [...sentAt.keys()].flatMap((id): Delivery[] => {
      const delivery = found.get(id);
      return delivery !== undefined && delivery !== "unreadable" && delivery.status === "queued" ? [delivery] : [];
    });
    const [first, ...others] = queued;
    if (first === undefined) return whole;
    const worked = await this.#workOn([first, ...others]).catch((error) => this.#failed(error));
    if (worked.kind === "done") return whole;
    if (worked.isQuiet) return worked;
    const tooOld = queued.filter(({ id }) => clock.now() - (sentAt.get(id) ?? 0) >= longestWaitMs);
    await recordWork.giveUp(tooOld);
    return tooOld.length < queued.length ? worked : whole;
  }

  /** @param deliveries of one record */
  async #workOn(deliveries: readonly [Delivery, ...Delivery[]]): Promise<Worked> {
    const { sources, recordWork, spreader } = this.#services;
    const [first] = deliveries;
    const source = (await sources.all()).get(first.source);
    // The configuration may come back, or be mended.
    if (source === undefined) return { kind: "wait" };
    return first.record === undefined
      ? await spreader.spread(source, first)
      : await recordWork.work(source, deliveries, first.record);
  }

  #failed(error: unknown): Worked {
    this.#services.report({ kind: "unexpected error", ...errorDetails(error) });
    return { kind: "wait" };
  }

  /** A message that cannot be hidden comes back when its visibility timeout ends. */
  async #hide(group: readonly Arrival[], { ms, isQuiet }: Extract<Worked, { kind: "wait" }>, receives: number) {
    const { clock, random, queue, report } = this.#services;
    const now = clock.now();
    const wait = isQuiet && ms !== undefined ? ms : waitMs(receives, ms, random);
    // SQS counts whole seconds.
    const until = now + Math.ceil(wait / 1000) * 1000;
    await queue.hide(hideUntil(group, until, now)).catch((error) => {
      report({ kind: "unexpected error", ...errorDetails(error) });
    });
  }
}
