import { parseJson } from "../http/parse-json.ts";
import type { Clock } from "../time/clock.ts";
import { recordsOf } from "../webhooks/records.ts";
import type { Source } from "../webhooks/source.ts";
import { type Delivery, newDelivery, type Outcome, settled } from "./delivery.ts";
import type { DeliveryStore } from "./delivery-store-dynamo.ts";
import type { Enqueuer } from "./enqueuer.ts";
import type { Worked } from "./record-work.ts";

/** Finds the records of a delivery that was stored as a whole, because they could not be found when it came. */
export class Spreader {
  readonly #store: DeliveryStore;
  readonly #enqueuer: Enqueuer;
  readonly #clock: Clock;

  constructor(store: DeliveryStore, enqueuer: Enqueuer, clock: Clock) {
    this.#store = store;
    this.#enqueuer = enqueuer;
    this.#clock = clock;
  }

  async spread(source: Source, whole: Delivery): Promise<Worked> {
    const now = this.#clock.now();
    const named = await recordsOf(source, parseJson(whole.payload ?? "null"), now);
    const outcome: Outcome = named.ok
      ? { status: "nothing", error: { code: "spread", message: "Each record of it has a delivery of its own." } }
      : { status: "failed", error: { code: "payload-unreadable", message: named.reason } };
    const deliveries = (named.ok ? named.records : []).map(({ id: record, payload }) => ({
      delivery: {
        ...newDelivery(source.name, whole.id, now, record),
        payload: JSON.stringify(payload),
        receivedAt: whole.receivedAt,
      },
      given: true,
    }));
    if (!(await this.#enqueuer.enqueue(deliveries))) return { kind: "wait" };
    await this.#store.write(settled(whole, outcome, now));
    return { kind: "done" };
  }
}
