import type { Clock } from "../time/clock.ts";
import type { FindKeys } from "../webhooks/bearer.ts";
import { payloadOf, type ReadPayload } from "../webhooks/payload.ts";
import type { Posted } from "../webhooks/posted.ts";
import { deliveryIdOf, recordsOf } from "../webhooks/records.ts";
import type { Source } from "../webhooks/source.ts";
import { verify } from "../webhooks/verify.ts";
import { type Delivery, type DeliveryError, newDelivery } from "./delivery.ts";
import type { Enqueuer, NewDelivery } from "./enqueuer.ts";
import { keptPayload } from "./kept-payload.ts";
import type { SecretStore } from "./secret-store.ts";
import type { SourceStore } from "./source-store.ts";

export type ReceiveEvent =
  /** How many of a webhook were stored: one for each record. */
  | { readonly kind: "deliveries stored"; readonly source: string; readonly deliveries: number }
  /** How many in a row of the source; absent if it is not known. */
  | { readonly kind: "delivery refused"; readonly source?: string; readonly inARow?: number }
  | {
      readonly kind: "delivery finished";
      readonly source: string;
      readonly deliveryId: string;
      readonly status: "failed" | "set-up";
      readonly code: string;
    };

export interface ReceiverServices {
  readonly clock: Clock;
  readonly sources: SourceStore;
  readonly secrets: SecretStore;
  readonly findKeys: FindKeys;
  readonly enqueuer: Enqueuer;
  readonly report: (event: ReceiveEvent) => void;
}

/** `greeted`: there was nothing to store. `unavailable`: the sender must repeat it. */
export type Received = "stored" | "greeted" | "refused" | "unavailable";

/** Verifies webhooks, and stores what they say of each record. */
export class Receiver {
  readonly #services: ReceiverServices;
  /** How many in a row were refused, by source. */
  readonly #refused = new Map<string, number>();

  constructor(services: ReceiverServices) {
    this.#services = services;
  }

  /** @param name the source, as the path has it */
  async receive(name: string, posted: Posted): Promise<Received> {
    const { clock, sources, secrets, findKeys } = this.#services;
    const [known, keys] = await Promise.all([sources.all(), secrets.all()]);
    const source = known.get(name);
    const now = clock.now();
    const verdict = await verify(source, { secrets: keys.get(name)?.keys ?? [], findKeys }, posted, now);
    if (source === undefined || verdict.kind === "refused") return this.#refuse(source);
    if (verdict.kind === "unavailable") return "unavailable";
    this.#refused.delete(source.name);
    switch (verdict.kind) {
      case "ping":
        return "greeted";
      case "set-up":
        return await this.#keepToken(source, posted, verdict.token, now);
      case "accepted":
        return await this.#store(source, posted, now);
    }
  }

  #refuse(source: Source | undefined): Received {
    if (source === undefined) this.#services.report({ kind: "delivery refused" });
    else {
      const inARow = (this.#refused.get(source.name) ?? 0) + 1;
      this.#refused.set(source.name, inARow);
      this.#services.report({ kind: "delivery refused", source: source.name, inARow });
    }
    return "refused";
  }

  async #store(source: Source, posted: Posted, now: number): Promise<Received> {
    const { enqueuer, report } = this.#services;
    const read = payloadOf(posted);
    const { id, given } = await deliveryIdOf(source, posted, read.ok ? read.payload : undefined, now);
    const named = read.ok ? await recordsOf(source, read.payload, now) : read;
    const whole = newDelivery(source.name, id, now);
    if (!named.ok) return await this.#keepFailed(whole, named.reason, read);
    const deliveries = named.records.flatMap(({ id: record, payload }): NewDelivery[] => {
      const kept = keptPayload(payload);
      if (kept === undefined) return [];
      return [{ delivery: { ...newDelivery(source.name, id, now, record), payload: kept }, given }];
    });
    if (deliveries.length < named.records.length)
      return await this.#keepFailed(whole, "What it says of a record is too large to be kept.");
    if (!(await enqueuer.enqueue(deliveries))) return "unavailable";
    report({ kind: "deliveries stored", source: source.name, deliveries: deliveries.length });
    return "stored";
  }

  /** Keeps a webhook in which no records were found. Without its payload it cannot be retried. */
  async #keepFailed(delivery: Delivery, message: string, read?: ReadPayload): Promise<Received> {
    const payload = read?.ok ? keptPayload(read.payload) : undefined;
    const kept = { ...delivery, ...(payload !== undefined && { payload }) };
    return await this.#keep(kept, "failed", { code: "payload-unreadable", message });
  }

  /** Anybody may post one while the source has no key, so that a person must look at it. */
  async #keepToken({ name }: Source, { body }: Posted, token: string, now: number): Promise<Received> {
    const id = `set-up ${name} ${Buffer.from(body).toString("base64")}`;
    const message = "The sender offers this token as its key. Put it into the secret, if you expect it.";
    const kept = { ...newDelivery(name, id, now), payload: JSON.stringify(token) };
    return await this.#keep(kept, "set-up", { code: "set-up-token", message });
  }

  /** Keeps what a person must look at. */
  async #keep(delivery: Delivery, status: "failed" | "set-up", error: DeliveryError): Promise<Received> {
    const { enqueuer, report } = this.#services;
    const { id: deliveryId, source } = delivery;
    if (await enqueuer.keep({ ...delivery, status, error }))
      report({ kind: "delivery finished", source, deliveryId, status, code: error.code });
    return "stored";
  }
}
