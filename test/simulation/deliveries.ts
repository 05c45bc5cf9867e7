import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { InvocationResult } from "../../infra/local/host/lambda/lambda-function.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { Roughness } from "./chaos.ts";
import type { FlowWatch } from "./flow-watch.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedFunction } from "./simulated-function.ts";
import type { Say } from "./trace.ts";

type Dispatch = SimulatedFunction<SQSEvent, SQSBatchResponse>;

/** How Lambda hands batches to the dispatcher: sometimes late, and sometimes twice: at the same time, or once more after. */
export class Deliveries {
  readonly #clock: Clock;
  readonly #dice: Dice;
  readonly #say: Say;
  readonly #flow: FlowWatch;
  readonly #roughness: () => Roughness;
  readonly #functions: { readonly first: Dispatch; readonly again: Dispatch };

  constructor(
    functions: { readonly first: Dispatch; readonly again: Dispatch },
    world: {
      readonly clock: Clock;
      readonly dice: Dice;
      readonly say: Say;
      readonly flow: FlowWatch;
      readonly roughness: () => Roughness;
    },
  ) {
    this.#functions = functions;
    this.#clock = world.clock;
    this.#dice = world.dice;
    this.#say = world.say;
    this.#flow = world.flow;
    this.#roughness = world.roughness;
  }

  async invoke(event: SQSEvent): Promise<InvocationResult> {
    const { lateness, duplication } = this.#roughness();
    if (this.#dice.chance(lateness)) {
      const seconds = this.#dice.between(1, 300);
      this.#say(() => `a batch of ${event.Records.length} messages is delivered ${seconds} s late`);
      this.#flow.stand(this.#clock.now(), this.#clock.now() + seconds * 1000);
      await this.#clock.sleep(seconds * 1000);
    }
    if (this.#dice.chance(duplication / 2)) void this.#again(event, 0);
    const result = await this.#functions.first.invoke(event);
    if (this.#dice.chance(duplication / 2)) void this.#again(event, this.#dice.between(0, 120));
    return result;
  }

  async #again(event: SQSEvent, afterSeconds: number): Promise<void> {
    await this.#clock.sleep(afterSeconds * 1000);
    this.#say(() => `a batch of ${event.Records.length} messages is delivered again`);
    await this.#functions.again.invoke(event);
  }
}
