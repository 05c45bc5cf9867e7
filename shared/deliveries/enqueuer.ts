import { inParallel } from "../language/in-parallel.ts";
import type { Clock } from "../time/clock.ts";
import { type Delivery, queuedAgain } from "./delivery.ts";
import type { DeliveryQueue } from "./delivery-queue-sqs.ts";
import type { DeliveryStore } from "./delivery-store-dynamo.ts";

export interface NewDelivery {
  readonly delivery: Delivery;
  /** Whether the sender gave the webhook an id, so that an equal one is a repeat. */
  readonly given: boolean;
}

const parallelWrites = 25;
/** How often a delivery is written while another invocation writes it. */
const tries = 5;

/**
 * Stores deliveries, and queues a message for each. The delivery is stored first: a message without one would say nothing,
 * while a sender repeats what was not answered.
 */
export class Enqueuer {
  readonly #store: DeliveryStore;
  readonly #queue: DeliveryQueue;
  readonly #clock: Clock;

  constructor(store: DeliveryStore, queue: DeliveryQueue, clock: Clock) {
    this.#store = store;
    this.#queue = queue;
    this.#clock = clock;
  }

  /** @returns false if not all were stored and queued; then the same call can be repeated */
  async enqueue(deliveries: readonly NewDelivery[]): Promise<boolean> {
    const toSend: (Delivery | undefined)[] = [];
    let areStored = true;
    await inParallel([...deliveries.entries()], parallelWrites, async ([index, each]) => {
      const stored = await this.#stored(each);
      if (stored === "contended") areStored = false;
      else toSend[index] = stored;
    });
    const areSent = await this.#queue.send(toSend.filter((delivery) => delivery !== undefined));
    return areStored && areSent;
  }

  /** Queues a stored delivery once more, which has not come anew. @returns false if another invocation has written it, or SQS does not take it */
  async requeue(delivery: Delivery): Promise<boolean> {
    const { receivedAt } = delivery;
    const again = { ...queuedAgain(delivery, this.#clock.now()), receivedAt };
    return (await this.#store.write(again)) && (await this.#queue.send([again]));
  }

  /** Stores a delivery for which there is no message. @returns false if it is stored already */
  async keep(delivery: Delivery): Promise<boolean> {
    return await this.#store.write(delivery);
  }

  /** @returns the delivery for which a message is to be sent; undefined if it is a repeat */
  async #stored({ delivery, given }: NewDelivery): Promise<Delivery | undefined | "contended"> {
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (await this.#store.write(delivery)) return delivery;
      const before = await this.#store.one(delivery.id);
      if (before === undefined) continue;
      // It may have been stored without a message. If there is one, SQS drops this one, or it finds nothing to do.
      if (given) return before.status === "queued" ? before : undefined;
      const { payload } = delivery;
      const again = { ...queuedAgain(before, this.#clock.now()), ...(payload !== undefined && { payload }) };
      if (await this.#store.write(again)) return again;
    }
    return "contended";
  }
}
