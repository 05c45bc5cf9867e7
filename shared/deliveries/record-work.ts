import { parseJson } from "../http/parse-json.ts";
import type { Clock } from "../time/clock.ts";
import { mapRecord } from "../webhooks/mapping.ts";
import type { Source } from "../webhooks/source.ts";
import type { Applied, Applier } from "./applier.ts";
import { type Delivery, type Outcome, recordKeyOf, settled } from "./delivery.ts";
import type { DeliveryStore } from "./delivery-store-dynamo.ts";
import type { KnownRecord } from "./known-record.ts";
import type { KnownRecords } from "./known-records-dynamo.ts";
import { quietMsLeft } from "./quiet.ts";
import type { LaterReason, RecordReader } from "./record-reader.ts";
import type { SecretStore } from "./secret-store.ts";

export type RecordEvent =
  | {
      readonly kind: "delivery finished";
      readonly source: string;
      readonly deliveryId: string;
      readonly status: Outcome["status"];
      readonly code?: string;
    }
  /** An HR system did not give a record; it is read again. */
  | { readonly kind: "record not read"; readonly source: string; readonly reason: LaterReason };

export interface RecordWorkServices {
  readonly clock: Clock;
  readonly store: DeliveryStore;
  readonly secrets: SecretStore;
  readonly reader: RecordReader;
  readonly knownRecords: KnownRecords;
  readonly applier: Applier;
  readonly report: (event: RecordEvent) => void;
}

/** `wait`: nothing is at fault, and it is done again after a while. */
export type Worked =
  | { readonly kind: "done" }
  /** For so many milliseconds, or as long as a backoff is. */
  | { readonly kind: "wait"; readonly ms?: number; readonly isQuiet?: true };

const done: Worked = { kind: "done" };

const overtaken: Outcome = {
  status: "failed",
  error: {
    code: "overtaken",
    message:
      "What came later about the same record is done, and this would undo it. Submit what is missing as an operation.",
  },
};

/** Maps the deliveries of one record. */
export class RecordWork {
  readonly #services: RecordWorkServices;

  constructor(services: RecordWorkServices) {
    this.#services = services;
  }

  /** @param deliveries of one record, queued, in order; at least one */
  async work(source: Source, deliveries: readonly Delivery[], record: string): Promise<Worked> {
    const { applier, knownRecords } = this.#services;
    const resumed = await applier.resume(source, await knownRecords.read(source.name, record));
    if (resumed?.applied.status === "later") return { kind: "wait", ms: resumed.applied.retryAfterMs };
    // One that has come again since may be about a second change.
    const isResumed = ({ id, arrivals }: Delivery) =>
      id === resumed?.delivery.id && arrivals === resumed.delivery.arrivals;
    if (resumed !== undefined) await this.#settle(deliveries.filter(isResumed), resumed.applied);
    const rest = deliveries.filter((delivery) => !isResumed(delivery));
    if (rest.length === 0) return done;
    return source.record === undefined
      ? await this.#mapEach(source, rest, record)
      : await this.#readAndMap(source, rest, record);
  }

  /** What each delivery says is all that there is to map. */
  async #mapEach(source: Source, deliveries: readonly Delivery[], record: string): Promise<Worked> {
    for (const delivery of deliveries) {
      if (await this.#isOvertaken(delivery, record)) {
        await this.#settle([delivery], overtaken);
        continue;
      }
      const known = await this.#services.knownRecords.read(source.name, record);
      const applied = await this.#apply(source, delivery, record, known, undefined);
      if (applied.status === "later") return { kind: "wait", ms: applied.retryAfterMs };
      await this.#settle([delivery], applied);
      if (applied.status !== "submitted") continue;
      const listed = await this.#services.store.ofRecord(recordKeyOf(source.name, record));
      // They waited for this one.
      await this.#settle(
        listed.filter(({ status }) => status === "incomplete"),
        applied,
      );
    }
    return done;
  }

  /** What a webhook itself says is as old as it is: a joiner that is retried must not come after the leaver. */
  async #isOvertaken({ source, arrivals, receivedAt }: Delivery, record: string): Promise<boolean> {
    if (arrivals === 1) return false;
    const listed = await this.#services.store.ofRecord(recordKeyOf(source, record));
    return listed.some((other) => other.status === "submitted" && other.receivedAt > receivedAt);
  }

  /** Nobody could tell of the record for as long as SQS keeps a message. */
  async giveUp(deliveries: readonly Delivery[]): Promise<void> {
    const message = "The record could not be read and mapped for 13 days. The log of intake says why.";
    await this.#settle(deliveries, { status: "failed", error: { code: "waited-too-long", message } });
  }

  /**
   * The record is read once for all that is stored of it by then, and mapped with what came last: what is read is newer
   * than any of these.
   */
  async #readAndMap(source: Source, deliveries: readonly Delivery[], record: string): Promise<Worked> {
    const { clock, store, secrets, reader, knownRecords, report } = this.#services;
    const waitsMs = quietMsLeft(
      deliveries.map(({ receivedAt }) => receivedAt),
      clock.now(),
    );
    if (waitsMs > 0) return { kind: "wait", ms: waitsMs, isQuiet: true };
    // An index may lag. What it does not list has a message of its own, and costs a read of its own.
    const listed = await store.ofRecord(recordKeyOf(source.name, record));
    const covered = inOrder([
      ...deliveries,
      ...listed.filter(({ status }) => status === "queued" || status === "incomplete"),
    ]);
    const last = covered.findLast(({ status }) => status === "queued");
    if (last === undefined) return done;
    const known = await knownRecords.read(source.name, record);
    const secret = (await secrets.all()).get(source.name);
    const read = await reader.read(source, record, secret && "record" in secret ? secret.record : undefined);
    switch (read.kind) {
      case "later": {
        const { reason, retryAfterMs } = read;
        report({ kind: "record not read", source: source.name, reason });
        return { kind: "wait", ...(retryAfterMs !== undefined && { ms: retryAfterMs }) };
      }
      case "failed":
        await this.#settle(covered, { status: "failed", error: read.error });
        return done;
      default: {
        const applied = await this.#apply(source, last, record, known, read.kind === "gone" ? null : read.record);
        if (applied.status === "later") return { kind: "wait", ms: applied.retryAfterMs };
        await this.#settle(covered, applied);
        return done;
      }
    }
  }

  async #apply(
    source: Source,
    delivery: Delivery,
    record: string,
    known: KnownRecord,
    read: unknown,
  ): Promise<Applied> {
    const { clock, applier } = this.#services;
    const { payload = "null" } = delivery;
    const input = { id: record, payload: parseJson(payload), record: read, previous: known.identity, now: clock.now() };
    return await applier.apply({ source, delivery, known, mapped: await mapRecord(source, input) });
  }

  /** A delivery that came again meanwhile stays queued: it has a message of its own. */
  async #settle(deliveries: readonly Delivery[], outcome: Outcome): Promise<void> {
    const { clock, store, report } = this.#services;
    for (const delivery of deliveries) {
      if (!(await store.write(settled(delivery, outcome, clock.now())))) continue;
      const { id: deliveryId, source } = delivery;
      const code = outcome.error === undefined ? {} : { code: outcome.error.code };
      report({ kind: "delivery finished", source, deliveryId, status: outcome.status, ...code });
    }
  }
}

/** Each once, as it was read last, by the time at which it came. */
function inOrder(deliveries: readonly Delivery[]): Delivery[] {
  return [...new Map(deliveries.map((delivery) => [delivery.id, delivery])).values()].toSorted(
    (one, other) => one.receivedAt - other.receivedAt,
  );
}
