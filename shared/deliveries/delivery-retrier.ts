import { type Delivery, deliveryIdPattern } from "./delivery.ts";
import type { DeliveryStore } from "./delivery-store-dynamo.ts";
import type { Enqueuer } from "./enqueuer.ts";

/**
 * `not-to-retry`: it is at work or done, or nothing is kept of what the webhook says. `not-queued`: the queue did not take
 * it.
 */
export type RetriedDelivery = "queued" | "not-found" | "not-to-retry" | "not-queued";

/** Lets deliveries be mapped once more: after the mapping was mended, or after it was said who somebody is. */
export class DeliveryRetrier {
  readonly #store: DeliveryStore;
  readonly #enqueuer: Enqueuer;

  constructor(store: DeliveryStore, enqueuer: Enqueuer) {
    this.#store = store;
    this.#enqueuer = enqueuer;
  }

  async retry(id: string): Promise<RetriedDelivery> {
    const delivery = deliveryIdPattern.test(id) ? await this.#store.one(id) : undefined;
    if (delivery === undefined) return "not-found";
    if (!canBeRetried(delivery)) return "not-to-retry";
    if (await this.#enqueuer.requeue(delivery)) return "queued";
    // Another retry may have come before.
    return (await this.#store.one(id))?.status === "queued" ? "not-queued" : "not-to-retry";
  }
}

/** A queued one has a message, unless SQS did not take it: then sending it once more mends that. */
function canBeRetried({ status, payload }: Delivery): boolean {
  return payload !== undefined && (status === "failed" || status === "incomplete" || status === "queued");
}
