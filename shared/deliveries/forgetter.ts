import type { DeliveryStatus } from "../api/delivery.ts";
import { foldedName } from "../umapi/folded-name.ts";
import { type Delivery, recordKeyOf, statusesWithPayload } from "./delivery.ts";
import type { DeliveryStore } from "./delivery-store-dynamo.ts";
import type { KnownRecords } from "./known-records-dynamo.ts";

const pageSize = 100;

/** Erases what webhooks have told of a person. */
export class Forgetter {
  readonly #store: DeliveryStore;
  readonly #knownRecords: KnownRecords;

  constructor(store: DeliveryStore, knownRecords: KnownRecords) {
    this.#store = store;
    this.#knownRecords = knownRecords;
  }

  /** The ids of deliveries about the person that are not mapped yet. @param user email or username */
  async unfinished(user: string): Promise<string[]> {
    const found = [...(await this.#ofRecords(user)), ...(await this.#telling(user, ["queued"]))];
    return [...new Set(found.flatMap(({ id, status }) => (status === "queued" ? [id] : [])))];
  }

  /** Erases who the person's records are, and every delivery about them. */
  async forget(user: string): Promise<void> {
    for (const { id } of [...(await this.#ofRecords(user)), ...(await this.#telling(user, statusesWithPayload))])
      await this.#store.delete(id);
    for (const known of await this.#knownRecords.named(user)) await this.#knownRecords.delete(known);
  }

  async #ofRecords(user: string): Promise<Delivery[]> {
    const known = await this.#knownRecords.named(user);
    const found = await Promise.all(
      known.map(({ source, record }) => this.#store.ofRecord(recordKeyOf(source, record))),
    );
    return found.flat();
  }

  /** Those whose webhook has the name: of some, nobody knows the record. */
  async #telling(user: string, statuses: readonly DeliveryStatus[]): Promise<Delivery[]> {
    const name = foldedName(JSON.stringify(user).slice(1, -1));
    const found: Delivery[] = [];
    for (const status of statuses) {
      let cursor: string | undefined;
      do {
        const page = await this.#store.page({ status }, pageSize, cursor);
        found.push(
          ...page.deliveries.filter(({ record = "", payload = "" }) => isIn(record, name) || isIn(payload, name)),
        );
        cursor = page.cursor;
      } while (cursor !== undefined);
    }
    return found;
  }
}

const isIn = (text: string, name: string) => foldedName(text).includes(name);
