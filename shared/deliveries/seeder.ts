import type { SeededPerson } from "../api/seed-body.ts";
import { inParallel } from "../language/in-parallel.ts";
import type { Clock } from "../time/clock.ts";
import type { KnownRecords } from "./known-records-dynamo.ts";

const parallelWrites = 25;

/** Says who people were before their first webhook, so that one that names a record alone can be mapped. */
export class Seeder {
  readonly #knownRecords: KnownRecords;
  readonly #clock: Clock;

  constructor(knownRecords: KnownRecords, clock: Clock) {
    this.#knownRecords = knownRecords;
    this.#clock = clock;
  }

  /** What is known of a record already stays: a webhook knew better. */
  async seed(source: string, people: readonly SeededPerson[]): Promise<{ seeded: number; known: number }> {
    let seeded = 0;
    await inParallel(people, parallelWrites, async ({ record, ...identity }) => {
      const known = await this.#knownRecords.read(source, record);
      if (known.identity !== undefined) return;
      if (await this.#knownRecords.write({ ...known, identity, updatedAt: this.#clock.now() })) seeded++;
    });
    return { seeded, known: people.length - seeded };
  }
}
