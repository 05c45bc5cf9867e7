import * as z from "zod/mini";
import type { Service, ServiceAnswer } from "../../infra/local/aws/service.ts";
import { isBell } from "../../shared/operation/bell.ts";
import { parseMessage } from "../../shared/operation/message.ts";
import type { Operation, OperationId } from "../../shared/operation/operation.ts";
import { type Place, placeOf } from "../../shared/operation/place.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { piecesIn } from "./flows.ts";
import { Life } from "./life.ts";
import { lowered } from "./rollout.ts";
import { type Say, silent } from "./trace.ts";

const batchSchema = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) });
const acceptedSchema = z.object({
  Successful: z._default(z.array(z.object({ Id: z.string(), SequenceNumber: z.string() })), []),
});
const receivedSchema = z.object({
  Messages: z._default(
    z.array(
      z.object({
        MessageId: z.string(),
        Body: z.string(),
        Attributes: z.object({ ApproximateReceiveCount: z.string(), SequenceNumber: z.string() }),
      }),
    ),
    [],
  ),
});
const hidesSchema = z.object({
  Entries: z.array(z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.number() })),
});

/** A generation of an operation as SQS took it, at that time in milliseconds since the epoch. */
export interface Arrival {
  readonly operation: Operation;
  readonly sequence: string;
  /** Where it stands in the accepted order. */
  readonly place: Place;
  readonly arrivedAt: number;
}

/** How often a message may be received in a day; each slice of its work adds one. */
const mostReceivesADay = 60;
/** So many more, if clocks differ by seconds: a dispatcher then looks for a slot too early, again and again. */
const moreBySkew = 30;
/** Lambda's clocks differ by less. */
const slightSkewMs = 200;
const dayMs = 24 * 60 * 60_000;
/** SQS: the longest that a message can be hidden. */
const maxHideSeconds = 43_200;

/** Watches what passes between the functions and SQS, as SQS sees it. */
export class QueueWatch {
  /** Operations that SQS is known to have accepted. */
  readonly queued = new Map<OperationId, Operation>();
  /** Requeues that broke a rule. */
  readonly violations: string[] = [];
  mostReceives = 0;
  /** How far the clock of an invocation may be off, in milliseconds. */
  skewMs = 0;
  /** When the message at the head comes back, in milliseconds since the epoch. */
  hiddenUntil = 0;
  readonly #clock: Clock;
  readonly #say: Say;
  readonly #blockedUntil: (life: Life) => number;
  readonly #hidden = new WeakMap<Life, Set<string>>();
  readonly #generations = new Map<string, number>();
  readonly #arrivals = new Map<string, Arrival>();
  readonly #receives = new Map<string, number[]>();

  /** @param blockedUntil until when the lane is blocked, as far as an invocation knows */
  constructor(clock: Clock, blockedUntil: (life: Life) => number, say: Say = silent) {
    this.#clock = clock;
    this.#blockedUntil = blockedUntil;
    this.#say = say;
  }

  watch(service: Service): Service {
    return {
      ...service,
      handle: async (action, input, signal): Promise<ServiceAnswer> => {
        if (action === "ChangeMessageVisibilityBatch") this.#hiding(input);
        const answer = await service.handle(action, input, signal);
        if (action === "SendMessageBatch") this.#sent(input, answer.body);
        if (action === "ReceiveMessage") this.#received(answer.body);
        return answer;
      },
    };
  }

  /** How often the operation has been queued anew by a retry. */
  generationOf(id: string): number {
    return this.#generations.get(id) ?? 0;
  }

  /** Every generation of every operation that SQS is known to have accepted, in its own order. */
  get arrivals(): Arrival[] {
    return [...this.#arrivals.values()].toSorted((one, other) => (one.sequence < other.sequence ? -1 : 1));
  }

  /** The generation of an operation as SQS took it; undefined if it has not come through a queue. */
  arrival(id: string, generation: number): Arrival | undefined {
    return this.#arrivals.get(`${id}#${generation}`);
  }

  /** Compares the messages that an invocation reports as unfinished with those that it has hidden. */
  returned(life: Life, unfinished: readonly string[]): void {
    if (life.wasFailed || life.isOver) return;
    const hidden = this.#hidden.get(life) ?? new Set();
    const left = unfinished.filter((receiptHandle) => !hidden.has(receiptHandle)).length;
    if (left > 0) this.violations.push(`${left} unfinished messages were left to run out instead of hidden`);
  }

  #sent(input: unknown, output: unknown): void {
    const accepted = acceptedSchema.safeParse(output);
    const { Successful } = accepted.success ? accepted.data : { Successful: [] };
    const sequences = new Map(Successful.map(({ Id, SequenceNumber }) => [Id, SequenceNumber]));
    for (const { Id, MessageBody } of batchSchema.parse(input).Entries) this.#arrived(MessageBody, sequences.get(Id));
  }

  /** A message whose acceptance was answered by a failure is known by its first receive. */
  #received(output: unknown): void {
    for (const { MessageId, Body, Attributes } of receivedSchema.parse(output ?? {}).Messages) {
      this.#arrived(Body, Attributes.SequenceNumber);
      if (isBell(Body)) continue;
      this.mostReceives = Math.max(this.mostReceives, Number(Attributes.ApproximateReceiveCount));
      this.#countReceive(MessageId, Body);
    }
  }

  #countReceive(messageId: string, body: string): void {
    const now = this.#clock.now();
    const receives = [...(this.#receives.get(messageId) ?? []), now].filter((at) => at > now - dayMs);
    this.#receives.set(messageId, receives);
    const slices = (parseMessage(lowered(body)) ?? []).reduce((sum, { command }) => sum + piecesIn(command), 0);
    const most = mostReceivesADay + (this.skewMs > slightSkewMs ? moreBySkew : 0);
    if (receives.length === most + slices + 1)
      this.violations.push(`a message of ${slices} slices was received ${receives.length} times within a day`);
  }

  #arrived(body: string, sequence: string | undefined): void {
    if (sequence === undefined) return;
    for (const [index, operation] of (parseMessage(lowered(body)) ?? []).entries()) {
      const { id, generation } = operation;
      const name = `${id}#${generation}`;
      if (this.#arrivals.has(name)) continue;
      const place = placeOf(sequence, index);
      this.#arrivals.set(name, { operation, sequence, place, arrivedAt: this.#clock.now() });
      this.queued.set(id, operation);
      this.#generations.set(id, Math.max(generation, this.generationOf(id)));
    }
  }

  #hiding(input: unknown): void {
    const { Entries } = hidesSchema.parse(input);
    // A resume shows what is hidden; dispatch hides a head for a second at least.
    if (Entries.every(({ VisibilityTimeout }) => VisibilityTimeout === 0)) return;
    const now = this.#clock.now();
    const [head = 0, ...others] = Entries.map(({ VisibilityTimeout }) => VisibilityTimeout);
    this.hiddenUntil = now + head * 1000;
    this.#say(() => `requeued: ${Entries.length} messages for ${head} s`);
    const lawful = (seconds: number) => Number.isInteger(seconds) && seconds >= 0 && seconds <= maxHideSeconds;
    if (head < 1 || ![head, ...others].every(lawful))
      this.violations.push(`hidden for ${[head, ...others].join()} s, which SQS refuses or which is a busy loop`);
    if (others.some((seconds) => seconds !== head - 1))
      this.violations.push(`hidden for ${[head, ...others].join()} s, so that the batch is not whole when its head is`);
    const life = Life.current;
    if (life === undefined) return;
    const handles = this.#hidden.get(life) ?? new Set();
    for (const { ReceiptHandle } of Entries) handles.add(ReceiptHandle);
    this.#hidden.set(life, handles);
    const blockedSeconds = Math.floor((this.#blockedUntil(life) - now - life.skewMs) / 1000);
    if (!life.wasFailed && head < blockedSeconds)
      this.violations.push(`hidden for ${head} s, while the lane is blocked for ${blockedSeconds} s`);
  }
}
