import { deliveryRoutes as routes } from "../shared/api/delivery-routes.ts";
import type { AnswerOf } from "../shared/api/routes.ts";
import type { SeededPerson } from "../shared/api/seed-body.ts";
import type { Exchange } from "./exchange.ts";
import { exchangeOf } from "./exchange-of.ts";
import type { ClientOptions, DeliveryFilter } from "./options.ts";
import { pagesOf } from "./pages.ts";
import { seedAll } from "./seed.ts";
import { type SeenDelivery, seenDeliveriesSchema } from "./seen-delivery.ts";

const listRoute = { ...routes.deliveries, answer: seenDeliveriesSchema };

/** Asks what became of webhooks. */
export class DeliveriesClient {
  readonly #exchange: Exchange;

  /** @throws SettingsError */
  constructor(options: ClientOptions = {}) {
    this.#exchange = exchangeOf(options);
  }

  /** Deliveries of webhooks, the newest first. */
  async *list({ source, status }: DeliveryFilter = {}): AsyncGenerator<SeenDelivery, void, undefined> {
    const query = { source, status };
    for await (const { deliveries } of pagesOf(this.#exchange, listRoute, { query })) yield* deliveries;
  }

  /** Maps a delivery anew. @throws RefusedError of the kind `not-to-retry` */
  async retry(id: string): Promise<void> {
    await this.#exchange.ask(routes.retryDelivery, { parameters: { id } });
  }

  /**
   * Says who people are in Adobe whom an HR system has known since before its first webhook. Those who are known already
   * stay as they are.
   *
   * @param people by their records; any number
   */
  async seed(source: string, people: readonly SeededPerson[]): Promise<AnswerOf<"seed">> {
    return await seedAll(this.#exchange, source, people);
  }
}
