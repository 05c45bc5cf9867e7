import type { Service, ServiceAnswer } from "../../infra/local/aws/service.ts";
import type { Fetch } from "../../shared/http/exchange.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { Life, never } from "./life.ts";
import type { Say } from "./trace.ts";

/** How often something fails, as probabilities. */
export interface Roughness {
  /** Per I/O call: the invocation dies before the call takes effect, or after it. */
  readonly death: number;
  /** Per I/O call: Lambda gives the invocation up, but it goes on, at once or later. Then two dispatchers run at once. */
  readonly abandonment: number;
  /** Per call of an AWS service: it takes minutes each way. An invocation that is not killed meanwhile goes on. */
  readonly stalling: number;
  /** Per batch: Lambda hands it over late. */
  readonly lateness: number;
  /** Per batch: Lambda hands it over once more, some time after the first. */
  readonly duplication: number;
  /** Per receive: SQS hands out one message, whatever it has. */
  readonly shortness: number;
  /** The longest that a call takes each way, in milliseconds. */
  readonly latencyMs: number;
}

/** This is longer than any invocation runs, and longer than Adobe may take to answer. */
const longestStallMs = 300_000;

export const calm: Roughness = {
  death: 0,
  abandonment: 0,
  stalling: 0,
  lateness: 0,
  duplication: 0,
  shortness: 0,
  latencyMs: 0,
};

/** Stands between the functions and everything outside them. */
export class Chaos {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #say: Say;
  roughness: Roughness = calm;
  /** Called when an invocation may not finish its work. */
  onTrouble: () => void = () => undefined;
  /** Whether the invocation dies at this moment, such as `after PutItem`. */
  kills: (moment: string) => boolean = () => false;
  /** How long an invocation that Lambda has given up stands still at this moment, in milliseconds. 0 if it is not given up. */
  freezes: (moment: string) => number = () => 0;

  constructor(clock: Clock, random: () => number, say: Say) {
    this.#clock = clock;
    this.#random = random;
    this.#say = say;
  }

  /** A service as the functions reach it. Calls from outside of an invocation have no faults, but may be given less. */
  around(service: Service): Service {
    return {
      ...service,
      handle: (action, input, signal): Promise<ServiceAnswer> =>
        this.#call(action, this.roughness.stalling, async () => {
          const answer = await service.handle(action, this.#givenLess(action, input), signal);
          if (failed(answer)) {
            if (Life.current !== undefined) Life.current.wasFailed = true;
            // Lambda's own call may have failed too: a message that it could not delete hides those behind it.
            this.onTrouble();
          }
          return answer;
        }),
    };
  }

  /** As `around`, for HTTP. A call that is never answered ends when the caller aborts it. */
  fetch(fetch: Fetch): Fetch {
    return (url, init) => this.#call(`${init.method} ${new URL(url).pathname}`, 0, () => fetch(url, init));
  }

  #givenLess(action: string, input: unknown): unknown {
    const { shortness } = this.roughness;
    if (action !== "ReceiveMessage" || shortness === 0 || this.#random() >= shortness) return input;
    this.onTrouble();
    return { ...(input as object), MaxNumberOfMessages: 1 };
  }

  async #call<Result>(name: string, stalling: number, work: () => Promise<Result>): Promise<Result> {
    const life = Life.current;
    if (life === undefined) return await work();
    await this.#stall(stalling, `before ${name}`);
    await this.#pass(life, `before ${name}`);
    const result = await work();
    await this.#stall(stalling, `after ${name}`);
    await this.#pass(life, `after ${name}`);
    return result;
  }

  async #stall(probability: number, moment: string): Promise<void> {
    if (probability === 0 || this.#random() >= probability) return;
    const ms = Math.floor(this.#random() * longestStallMs);
    this.onTrouble();
    this.#say(() => `an invocation stalls ${moment} for ${ms} ms`);
    await this.#clock.sleep(ms);
  }

  async #pass(life: Life, moment: string): Promise<void> {
    const { death, abandonment, latencyMs } = this.roughness;
    const frozenMs = this.freezes(moment);
    if (frozenMs > 0) {
      life.abandon();
      await this.#clock.sleep(frozenMs);
    }
    if (latencyMs > 0) await this.#clock.sleep(Math.floor(this.#random() * latencyMs));
    if (life.isOver) {
      if (!life.isAbandoned) await never();
    } else if (this.#random() < death || this.kills(moment)) {
      this.#say(() => `an invocation dies ${moment}`);
      this.onTrouble();
      life.end();
      await never();
    } else if (this.#random() < abandonment) {
      // The service does not promise to keep the budget if a slot is used minutes after it was taken.
      const ms = moment.startsWith("before POST")
        ? 0
        : Math.floor(this.#random() * 2 * longestStallMs) - longestStallMs;
      this.#say(() => `an invocation is given up ${moment} and goes on after ${Math.max(0, ms)} ms`);
      life.abandon();
      this.onTrouble();
      if (ms > 0) await this.#clock.sleep(ms);
    }
  }
}

/** A condition that does not hold is an answer like any other; a batch may fail in part. */
function failed({ status, body }: ServiceAnswer): boolean {
  if (status < 400) return typeof body === "object" && body !== null && "Failed" in body;
  return !JSON.stringify(body).includes("ConditionalCheckFailed");
}
