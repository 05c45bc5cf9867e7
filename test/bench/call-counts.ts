import * as z from "zod/mini";
import type { Service } from "../../infra/local/aws/service.ts";

const some = z._default(z.array(z.unknown()), []);
const answerSchema = z.looseObject({ Messages: some, Successful: some });

/** How often the actions of one service were called. */
export class CallCounts {
  readonly #calls = new Map<string, number>();
  readonly #messages = new Map<string, number>();
  #bytesIn = 0;
  #bytesOut = 0;

  /**
   * Counts every call to the service from now on, whoever holds it already.
   *
   * @param isCounted asked at each call. @default - each counts
   */
  static of(service: Service, isCounted: (input: unknown) => boolean = () => true): CallCounts {
    const counts = new CallCounts();
    const handle = service.handle.bind(service);
    service.handle = async (action, input, signal) => {
      const answer = await handle(action, input, signal);
      if (!isCounted(input)) return answer;
      counts.#bytesIn += JSON.stringify(answer.body).length;
      counts.#bytesOut += JSON.stringify(input).length;
      const { Messages, Successful } = answerSchema.parse(answer.body);
      add(counts.#calls, action, 1);
      add(counts.#messages, action, Messages.length + Successful.length);
      return answer;
    };
    return counts;
  }

  /** Calls of these actions, together. @throws RangeError if one was never called */
  calls(...actions: string[]): number {
    return sum(this.#calls, actions);
  }

  /** As `calls`, where some may never have been called. */
  callsIfAny(...actions: string[]): number {
    return this.calls(...actions.filter((action) => this.#calls.has(action)));
  }

  /** Messages that SQS handed out, or took in batches, in all calls of the action. @throws as `calls` */
  messages(action: string): number {
    return sum(this.#messages, [action]);
  }

  /** Calls of whatever action. */
  get total(): number {
    return this.calls(...this.#calls.keys());
  }

  /** Of all answers, as JSON. */
  get bytesIn(): number {
    return this.#bytesIn;
  }

  /** Of all requests, as JSON. */
  get bytesOut(): number {
    return this.#bytesOut;
  }
}

const add = (to: Map<string, number>, key: string, count: number) => to.set(key, (to.get(key) ?? 0) + count);

function sum(counts: ReadonlyMap<string, number>, actions: readonly string[]): number {
  return actions.reduce((all, action) => {
    const count = counts.get(action);
    if (count === undefined) throw new RangeError(`${action} was never called; called were ${[...counts.keys()]}`);
    return all + count;
  }, 0);
}
