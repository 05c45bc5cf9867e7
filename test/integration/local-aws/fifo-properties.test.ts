import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Delivery, Queue } from "../../../infra/local/aws/sqs/queue.ts";

/** What may happen to a queue. `pick` chooses among the handles given out so far, the newest first. */
type Step =
  | { readonly kind: "send"; readonly group: string }
  | { readonly kind: "receive"; readonly max: number; readonly visibility: number }
  | { readonly kind: "delete"; readonly pick: number }
  | { readonly kind: "hide"; readonly pick: number; readonly seconds: number }
  | { readonly kind: "advance"; readonly seconds: number };

const pick = fc.nat({ max: 25 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("send" as const), group: fc.constantFrom("a", "b", "c") }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("receive" as const),
      max: fc.integer({ min: 1, max: 10 }),
      visibility: fc.constantFrom(0, 1, 5, 30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("hide" as const), pick, seconds: fc.constantFrom(0, 1, 10) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("advance" as const), seconds: fc.constantFrom(1, 4, 30) }),
  },
);

interface Held {
  readonly id: string;
  readonly group: string;
  hiddenUntil: number;
  /** Which hiding of all this one was. */
  hidden: number;
  handle: string | undefined;
  receives: number;
}

/** AWS's rules as a reader would apply them to a list, with no thought for speed. */
class NaiveQueue {
  messages: Held[] = [];
  /** The groups whose first message is visible, in the order in which it became so. */
  #row: string[] = [];
  #hidings = 0;
  #seenUntil = 0;
  readonly #maxReceiveCount: number;

  constructor(maxReceiveCount: number) {
    this.#maxReceiveCount = maxReceiveCount;
  }

  send(id: string, group: string, now: number): void {
    this.#pass(now);
    this.messages.push({ id, group, hiddenUntil: 0, hidden: 0, handle: undefined, receives: 0 });
    this.#line(group, now);
  }

  /** Which messages a receive must give, in order; they are hidden until `hiddenUntil`. */
  receive(max: number, hiddenUntil: number, now: number): Held[] {
    this.#pass(now);
    const chosen: Held[] = [];
    const served: string[] = [];
    for (let group = this.#row.shift(); group !== undefined; group = this.#row.shift()) {
      served.push(group);
      for (const message of this.messages.filter((other) => other.group === group)) {
        if (message.hiddenUntil > now || chosen.length === max) break;
        if (message.receives === this.#maxReceiveCount) {
          this.messages = this.messages.filter((other) => other !== message);
        } else {
          chosen.push(message);
        }
      }
      if (chosen.length === max) break;
    }
    for (const message of chosen) {
      message.receives += 1;
      this.#hideUntil(message, hiddenUntil);
    }
    for (const group of served) this.#line(group, now);
    return chosen;
  }

  /** The message that the handle still holds. */
  holding(handle: string, now: number): Held | undefined {
    return this.messages.find((message) => message.handle === handle && message.hiddenUntil > now);
  }

  hide(message: Held, hiddenUntil: number, now: number): void {
    this.#pass(now);
    this.#hideUntil(message, hiddenUntil);
    this.#line(message.group, now);
  }

  delete(message: Held, now: number): void {
    this.#pass(now);
    this.messages = this.messages.filter((other) => other !== message);
    this.#line(message.group, now);
  }

  #hideUntil(message: Held, hiddenUntil: number): void {
    this.#hidings += 1;
    message.hidden = this.#hidings;
    message.hiddenUntil = hiddenUntil;
  }

  /** Lets the messages whose time has come by `now` come back one after the other. */
  #pass(now: number): void {
    this.messages
      .filter(({ hiddenUntil }) => hiddenUntil > this.#seenUntil && hiddenUntil <= now)
      .sort((one, other) => one.hiddenUntil - other.hiddenUntil || one.hidden - other.hidden)
      .filter((message) => message === this.#first(message.group))
      .forEach(({ group, hiddenUntil }) => {
        this.#line(group, hiddenUntil);
      });
    this.#seenUntil = now;
  }

  #first(group: string): Held | undefined {
    return this.messages.find((message) => message.group === group);
  }

  #line(group: string, now: number): void {
    const first = this.#first(group);
    const isReady = first !== undefined && first.hiddenUntil <= now;
    if (!isReady) this.#row = this.#row.filter((other) => other !== group);
    else if (!this.#row.includes(group)) this.#row.push(group);
  }
}

/** Runs the steps on the model and on the naive queue side by side, and fails where they part. */
class SideBySide {
  readonly dead: Queue = fifo("dead.fifo");
  readonly queue: Queue = fifo("work.fifo");
  readonly naive: NaiveQueue;
  readonly handles: string[] = [];
  readonly deleted: string[] = [];
  sent = 0;
  now = 1_000_000;

  constructor(maxReceiveCount: number) {
    this.naive = new NaiveQueue(maxReceiveCount);
    this.queue.rules = { retentionSeconds: 1_209_600, redrive: { maxReceiveCount, deadLetters: () => this.dead } };
  }

  run(next: Step): void {
    switch (next.kind) {
      case "send":
        this.#send(next.group);
        break;
      case "receive":
        this.receive(next.max, next.visibility);
        break;
      case "delete":
        this.#delete(this.handles.at(-1 - next.pick));
        break;
      case "hide":
        this.#hide(this.handles.at(-1 - next.pick), next.seconds);
        break;
      case "advance":
        this.now += next.seconds * 1000;
        break;
    }
  }

  receive(max: number, visibility: number): Delivery[] {
    const expected = this.naive.receive(max, this.now + visibility * 1000, this.now);
    const deliveries = this.queue.receive(max, visibility, this.now);
    expect(idsOf(deliveries)).toEqual(expected.map(({ id }) => id));
    for (const [index, message] of expected.entries()) {
      message.handle = deliveries[index]?.receiptHandle;
      if (message.handle !== undefined) this.handles.push(message.handle);
    }
    return deliveries;
  }

  #send(groupId: string): void {
    this.sent += 1;
    const id = `m${this.sent}`;
    this.queue.send({ id, body: id, attributes: {}, groupId, deduplicationId: id, receiveCount: 0 }, this.now);
    this.naive.send(id, groupId, this.now);
  }

  #delete(handle: string | undefined): void {
    if (handle === undefined) return;
    const held = this.naive.holding(handle, this.now);
    if (held === undefined) {
      const expired = this.naive.messages.some(({ id }) => id === messageIdIn(handle));
      if (expired) expect(() => this.queue.delete(handle, this.now)).toThrow("expired");
      return;
    }
    this.queue.delete(handle, this.now);
    this.naive.delete(held, this.now);
    this.deleted.push(held.id);
  }

  #hide(handle: string | undefined, seconds: number): void {
    if (handle === undefined) return;
    const held = this.naive.holding(handle, this.now);
    const change = () => this.queue.changeVisibility(handle, seconds, this.now);
    if (held === undefined) {
      expect(change).toThrow("not available for visibility timeout change");
      return;
    }
    change();
    this.naive.hide(held, this.now + seconds * 1000, this.now);
  }
}

let sequence = 0;
const fifo = (name: string) =>
  new Queue({
    name,
    arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
    fifo: true,
    rules: { retentionSeconds: 1_209_600 },
    nextSequence: () => ++sequence,
  });

function drain(queue: Queue, now: number): Delivery[] {
  const drained: Delivery[] = [];
  for (;;) {
    const batch = queue.receive(10, 60, now);
    if (batch.length === 0) return drained;
    for (const { receiptHandle } of batch) queue.delete(receiptHandle, now);
    drained.push(...batch);
  }
}

const idsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ message }) => message.id);
const messageIdIn = (handle: string) => Buffer.from(handle, "base64").toString().split(" ")[1];
const steps = fc.array(step, { minLength: 10, maxLength: 80 });

describe("whatever happens to a FIFO queue", () => {
  it("a receive gives exactly what AWS's rules, read naively, say", () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 2, 1000), (taken, maxReceiveCount) => {
        const both = new SideBySide(maxReceiveCount);
        for (const next of taken) both.run(next);
        const { visible, inFlight } = both.queue.counts(both.now);
        const hidden = both.naive.messages.filter(({ hiddenUntil }) => hiddenUntil > both.now);
        expect([visible, inFlight]).toEqual([both.naive.messages.length - hidden.length, hidden.length]);
      }),
      { numRuns: 500 },
    );
  });

  it("no group's messages overtake each other, and none is lost or comes twice", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const both = new SideBySide(3);
        for (const next of taken) both.run(next);
        both.now += 60_000;
        const left = drain(both.queue, both.now);
        const dead = drain(both.dead, both.now);
        for (const group of ["a", "b", "c"]) {
          const sequences = left
            .filter(({ message }) => message.groupId === group)
            .map(({ message }) => message.sequence);
          expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
        }
        const all = [...idsOf(left), ...idsOf(dead), ...both.deleted].sort();
        expect(all).toEqual(Array.from({ length: both.sent }, (_, i) => `m${i + 1}`).sort());
      }),
      { numRuns: 300 },
    );
  });
});
