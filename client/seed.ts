import { deliveryRoutes as routes } from "../shared/api/delivery-routes.ts";
import type { AnswerOf } from "../shared/api/routes.ts";
import type { SeededPerson } from "../shared/api/seed-body.ts";
import { maxOperations } from "../shared/operation/limits.ts";
import type { Exchange } from "./exchange.ts";

/** Hands in any number of people, as many at once as the API takes. */
export async function seedAll(
  exchange: Exchange,
  source: string,
  people: readonly SeededPerson[],
): Promise<AnswerOf<"seed">> {
  const sum = { seeded: 0, known: 0 };
  for (let first = 0; first < people.length; first += maxOperations) {
    const { answer } = await exchange.ask(routes.seed, {
      parameters: { source },
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ people: people.slice(first, first + maxOperations) }),
    });
    sum.seeded += answer.seeded;
    sum.known += answer.known;
  }
  return sum;
}
