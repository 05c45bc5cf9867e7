import { removalRoutes as routes } from "../shared/api/removal-routes.ts";
import type { AnswerOf } from "../shared/api/routes.ts";
import type { Exchange } from "./exchange.ts";
import { exchangeOf } from "./exchange-of.ts";
import type { ClientOptions } from "./options.ts";

/** Shows removals above the limit, and decides about them. */
export class RemovalsClient {
  readonly #exchange: Exchange;

  /** @throws SettingsError */
  constructor(options: ClientOptions = {}) {
    this.#exchange = exchangeOf(options);
  }

  /** Tells how removals stand. What is held later than this belongs to the next set. */
  async show(): Promise<AnswerOf<"removals">> {
    return (await this.#exchange.ask(routes.removals)).answer;
  }

  /** Lets a set go. @returns how many operations it holds. @throws RefusedError of the kind `another-set` */
  async release(hash: string): Promise<number> {
    return await this.#decide(routes.releaseRemovals, hash);
  }

  /** Cancels a set. @returns how many operations it holds. @throws RefusedError of the kind `another-set` */
  async cancel(hash: string): Promise<number> {
    return await this.#decide(routes.cancelRemovals, hash);
  }

  async #decide(route: typeof routes.releaseRemovals | typeof routes.cancelRemovals, hash: string): Promise<number> {
    const { answer } = await this.#exchange.ask<(typeof route)["answer"]>(route, {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ hash }),
    });
    return answer.operations;
  }
}
