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
  /** A message that this version cannot read. */
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
      const worked = await this.#work(group).catch((error): Worked => {
        this.#services.report({ kind: "unexpected error", ...errorDetails(error) });
        return { kind: "wait" };
      });
      if (worked.kind === "done") return;
      kept.push(...group.map(({ messageId }) => messageId));
      await this.#hide(group, worked, first.receiveCount);
    });
    return kept;
  }

  async #work(group: readonly Arrival[]): Promise<Worked> {
    const { clock, store, sources, recordWork, spreader, report } = this.#services;
    const ids = group.flatMap(({ body }) => parseDeliveryMessage(body) ?? []);
    if (ids.length < group.length) report({ kind: "unreadable delivery" });
    const found = new Map((await store.read(ids)).map((delivery) => [delivery.id, delivery]));
    const queued = [...new Set(ids)].flatMap((id): Delivery[] => {
      const delivery = found.get(id);
      return delivery?.status === "queued" ? [delivery] : [];
    });
    const [first] = queued;
    const whole: Worked = ids.length < group.length ? { kind: "wait" } : { kind: "done" };
    if (first === undefined) return whole;
    const source = (await sources.all()).get(first.source);
    // The configuration may come back, or be mended.
    const worked: Worked =
      source === undefined
        ? { kind: "wait" }
        : first.record === undefined
          ? await spreader.spread(source, first)
          : await recordWork.work(source, queued, first.record);
    if (worked.kind === "done") return whole;
    const sentAt = Math.min(...group.map((each) => each.sentAt));
    if (clock.now() - sentAt < longestWaitMs) return worked;
    await recordWork.giveUp(queued);
    return whole;
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
