import { nameOf } from "./names.ts";
import type { NetworkFault } from "./network.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Say } from "./trace.ts";

/** Refusals for good that the sandbox never gives on its own; the last two are in nobody's documentation. */
const permanentCodes = [
  "error.user.type_unknown",
  "error.user.belongs_to_another_org",
  "error.country.invalid",
  "error.command.malformed",
  "error.command.add_remove.list_too_long",
  "error.nobody.has.documented",
  "plc.something.new",
] as const;
const transientCodes = [
  "error.internal.update_failed",
  "error.internal.exceptionflys",
  "error.user.update_failed",
  "error.group.remove_failed",
  "error.api.not_available",
  "error.organization.migrating",
  "error.throttled_by_external_service",
] as const;
const wholeRefusal = "error.command.steps.malformed";
/** What the service calls a refusal that has lost its code on the way. */
const namelessRefusal = "error.request.refused";

/** Every code by which Adobe may be told to refuse, and which it never gives on its own. */
export const refusals: ReadonlySet<string> = new Set([...permanentCodes, wholeRefusal, namelessRefusal]);

/** What befalls the service's requests to Adobe. */
export class AdobeWeather {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #say: Say;
  /** Until when Adobe may still apply what it got, in seconds after. */
  readonly #latestSeconds: number;

  constructor(world: SimulatedWorld, dice: Dice, say: Say, latestSeconds: number) {
    this.#world = world;
    this.#dice = dice;
    this.#say = say;
    this.#latestSeconds = latestSeconds;
  }

  /** Adobe, IMS or single commands fail some times. */
  async misbehave(): Promise<void> {
    const dice = this.#dice;
    const people = this.#people();
    const faults = Array.from({ length: dice.between(1, 3) }, () => this.#fault(people));
    this.#say(() => `Adobe will misbehave: ${faults.map((fault) => JSON.stringify(fault)).join(" ")}`);
    await this.#world.sandbox("faults", faults);
  }

  /** The network to Adobe fails, before or after Adobe has done what it was asked to. */
  async breakNetwork(): Promise<void> {
    const dice = this.#dice;
    const fault = this.#networkFault();
    const path = dice.chance(0.8) ? "/action/" : dice.one(["/ims/", "/users/"] as const);
    const times = dice.between(1, 4);
    this.#say(() => `the network to ${path} will fail ${times} times: ${JSON.stringify(fault)}`);
    this.#world.network.befall(path, fault, times);
  }

  /** Other programs with the same key send empty requests, which count. */
  async eatQuota(): Promise<void> {
    const count = this.#dice.between(1, 10);
    this.#say(() => `other clients send ${count} requests`);
    for (let sent = 0; sent < count; sent++) await this.#world.sendAsOtherClient();
  }

  async clear(): Promise<void> {
    this.#world.network.clear();
    await this.#world.sandbox("faults", []);
  }

  /** Roots of commands that have been queued. */
  #people(): string[] {
    return [...this.#world.queue.queued.values()].flatMap(({ command }) =>
      "user" in command && nameOf(command.user) !== undefined ? [command.user] : [],
    );
  }

  #fault(people: readonly string[]) {
    const dice = this.#dice;
    const often = { times: dice.between(1, 5), after: dice.between(0, 3) };
    const [first, ...others] = people;
    if (first !== undefined && dice.chance(0.4)) return this.#commandFault(dice.one([first, ...others]));
    if (dice.chance(0.15)) return { on: "token", ...this.#status([400, 401, 429, 500, 503]), ...often };
    if (dice.chance(0.1)) return { on: "users", ...this.#status([429, 500, 503]), ...often };
    const whole = dice.one([
      () => this.#status([429]),
      () => this.#status([429]),
      () => this.#status([500, 502, 503, 504]),
      () => this.#status([401, 403]),
      () => ({ status: dice.one([400, 403]), body: { result: "error.organization.migrating", message: "later" } }),
      () => ({ status: 400, body: { result: "error.organization.invalid_id", message: "no" } }),
      () => ({ status: 400, body: { result: wholeRefusal, message: "as it happens" } }),
      () => ({
        status: 200,
        body: dice.one(["", "<html>busy</html>", '{"result":"succ', "{}"]),
        contentType: "text/html",
      }),
      () => ({ effect: dice.one(["reset", "applied-then-reset", "hang"]) }),
    ]);
    return { on: "action", ...whole(), ...often };
  }

  #commandFault(user: string) {
    const dice = this.#dice;
    const often = { on: "action", command: { user }, times: dice.between(1, 6) };
    if (dice.chance(0.2)) return { ...often, status: 500 };
    const errorCode = dice.chance(0.5) ? dice.one(transientCodes) : dice.one(permanentCodes);
    const step = dice.chance(0.8) ? { step: dice.one([0, 0, 0, 1, 2]) } : {};
    return { ...often, errorCode, message: "as it happens", ...step };
  }

  #status(statuses: readonly [number, ...number[]]) {
    const dice = this.#dice;
    const date = new Date(this.#world.clock.now() + dice.between(-10, 300) * 1000).toUTCString();
    const retryAfter = dice.one([undefined, "soon", date, 1, 5, 38, 60, 600, 3244]);
    return { status: dice.one(statuses), ...(retryAfter === undefined ? {} : { retryAfter }) };
  }

  #networkFault(): NetworkFault {
    const dice = this.#dice;
    return dice.one<() => NetworkFault>([
      () => ({ kind: "refused" }),
      () => ({ kind: "silence" }),
      () => ({ kind: "late", seconds: dice.between(0, this.#latestSeconds), cut: dice.chance(0.5) }),
      () => ({ kind: "late", seconds: dice.between(0, this.#latestSeconds), cut: true }),
      () => ({ kind: "answer", status: dice.one([500, 502, 503, 504]) }),
      () => ({ kind: "answer", status: 503, retryAfter: String(dice.between(1, 120)) }),
      () => ({ kind: "broken-off" }),
      () => ({ kind: "shortened", share: dice.one([0, 0.5, 0.99]) }),
    ])();
  }
}
