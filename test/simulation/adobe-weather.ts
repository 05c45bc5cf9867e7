import type { Command } from "../../shared/umapi/command.ts";
import { codeRules } from "../../shared/umapi/errors/code-rules.ts";
import type { NetworkFault } from "./network.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Say } from "./trace.ts";

/**
 * Every documented code but those that on a repeat say that all is done, which would be a lie; and some that nobody has
 * documented.
 */
const anyCode = [
  "error.nobody.has.documented",
  "error.internal.something_new",
  "plc.something.new",
  ...[...codeRules].flatMap(([code, { doneOnRepeatOf }]) => (doneOnRepeatOf === undefined ? [code] : [])),
] as const;
const tooBusy = "error.throttled_by_external_service";
const transientCodes = [
  "error.internal.update_failed",
  "error.internal.exceptionflys",
  "error.user.update_failed",
  "error.group.remove_failed",
  "error.api.not_available",
  "error.organization.migrating",
  tooBusy,
] as const;
const wholeRefusal = "error.command.steps.malformed";
/** These messages show that the sandbox was told to refuse a command. The last two make an internal error permanent. */
const mark = "as it happens";
const messages = [mark, mark, mark, `${mark}: FIELD_MIN_LENGTH`, `${mark}: NOT_ALLOWED`] as const;
const endlessly = 1_000_000;
/** The code that the service gives a refusal whose own code was lost on the way. */
const namelessRefusal = "error.request.refused";

/** Whether an operation failed only because the sandbox was told to refuse it. */
export function isFoul({ code, message }: { readonly code: string; readonly message: string }): boolean {
  return message.startsWith(mark) || code === namelessRefusal;
}

/** Faults of the service's requests to Adobe. */
export class AdobeWeather {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #say: Say;
  /** Until when Adobe may still apply what it got, in seconds after. */
  readonly #latestSeconds: number;
  #poison: CommandFault[] = [];

  constructor(world: SimulatedWorld, dice: Dice, say: Say, latestSeconds: number) {
    this.#world = world;
    this.#dice = dice;
    this.#say = say;
    this.#latestSeconds = latestSeconds;
  }

  /** Adobe, IMS or single commands fail some times. */
  async misbehave(): Promise<void> {
    const dice = this.#dice;
    const roots = this.#roots();
    await this.#add(Array.from({ length: dice.between(1, 3) }, () => this.#fault(roots)));
  }

  /** Single commands fail some times. */
  async failCommands(): Promise<void> {
    const dice = this.#dice;
    const [first, ...others] = this.#roots();
    if (first === undefined) return;
    await this.#add(Array.from({ length: dice.between(1, 3) }, () => this.#commandFault(dice.one([first, ...others]))));
  }

  async #add(faults: readonly object[]): Promise<void> {
    this.#say(() => `Adobe will misbehave: ${faults.map((fault) => JSON.stringify(fault)).join(" ")}`);
    await this.#world.sandbox("faults", [...faults, ...this.#poison]);
  }

  /** Adobe fails at a dozen users and groups each time. */
  async poison(): Promise<void> {
    const dice = this.#dice;
    const [first, ...others] = this.#roots();
    if (first === undefined) return;
    const roots = Array.from({ length: dice.between(1, 12) }, () => dice.one([first, ...others]));
    const faults = roots.map((command) => ({ ...this.#commandFault(command), times: endlessly }));
    this.#say(() => `Adobe will fail again and again: ${faults.map((fault) => JSON.stringify(fault)).join(" ")}`);
    this.#poison = [...this.#poison, ...faults];
    await this.#world.sandbox("faults", this.#poison);
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
    for (let sent = 0; sent < count; sent++) await this.#sendAsOther();
  }

  async #sendAsOther(): Promise<void> {
    const { adobe, clock } = this.#world;
    const { orgId, clientId } = adobe.credentials;
    await adobe.handle({
      method: "POST",
      path: `/v2/usermanagement/action/${orgId}`,
      headers: {
        authorization: `Bearer ${adobe.credentials.issueToken(clock.now())}`,
        "x-api-key": clientId,
        "content-type": "application/json",
      },
      body: "[]",
    });
  }

  /** @param staysPoisoned whether the faults of single users and groups stay until their operations have failed */
  async clear(staysPoisoned: boolean): Promise<void> {
    this.#world.network.clear();
    const lasting = staysPoisoned ? this.#poison.filter(({ errorCode }) => errorCode !== tooBusy) : [];
    await this.#world.sandbox("faults", lasting);
  }

  /** Roots of commands that have been queued. */
  #roots(): Root[] {
    return [...this.#world.queue.queued.values()].map(({ command }) => rootOf(command));
  }

  #fault(roots: readonly Root[]) {
    const dice = this.#dice;
    const often = { times: dice.between(1, 5), after: dice.between(0, 3) };
    const [first, ...others] = roots;
    if (dice.chance(0.3)) return { on: "action", ...this.#status([429]), ...often };
    if (first !== undefined && dice.chance(0.4)) return this.#commandFault(dice.one([first, ...others]));
    if (dice.chance(0.15)) return { on: "token", ...this.#status([400, 401, 429, 500, 503]), ...often };
    if (dice.chance(0.1)) return { on: "users", ...this.#status([429, 500, 503]), ...often };
    const whole = dice.one([
      () => this.#status([500, 502, 503, 504]),
      () => this.#status([401, 403]),
      () => ({ status: dice.one([400, 403]), body: { result: "error.organization.migrating", message: "later" } }),
      () => ({ status: 400, body: { result: "error.organization.invalid_id", message: "no" } }),
      () => ({ status: 400, body: { result: wholeRefusal, message: mark } }),
      () => ({ status: 200, body: { result: "error", completed: 0, notCompleted: dice.one([1, 10]) } }),
      () => ({
        status: 200,
        body: dice.one(["", "<html>busy</html>", '{"result":"succ', "{}"]),
        contentType: "text/html",
      }),
      () => ({ effect: dice.one(["reset", "applied-then-reset", "hang"]) }),
    ]);
    return { on: "action", ...whole(), ...often };
  }

  #commandFault(command: Root): CommandFault {
    const dice = this.#dice;
    const often = { on: "action", command, times: dice.between(1, 6) } as const;
    if (dice.chance(0.2)) return { ...often, status: 500 };
    const errorCode = dice.chance(0.5) ? dice.one(transientCodes) : dice.one(anyCode);
    const step = dice.chance(0.8) ? { step: dice.one([0, 0, 0, 1, 2, 9]) } : {};
    return { ...often, errorCode, message: dice.one(messages), ...step };
  }

  #status(statuses: readonly [number, ...number[]]) {
    const dice = this.#dice;
    const date = new Date(this.#world.clock.now() + dice.between(-10, 300) * 1000).toUTCString();
    const retryAfter = dice.one([undefined, "soon", date, 1, 5, 38, 60, 600, 3244]);
    return { status: dice.one(statuses), ...(retryAfter === undefined ? {} : { retryAfter }) };
  }

  #networkFault(): NetworkFault {
    const dice = this.#dice;
    const late = () => ({ kind: "late", seconds: dice.between(0, this.#latestSeconds) }) as const;
    return dice.one<() => NetworkFault>([
      () => ({ kind: "refused" }),
      () => ({ kind: "silence" }),
      () => ({ ...late(), meanwhile: dice.one(["cut", "cut", "cut", "silence"]) }),
      () => ({ ...late(), meanwhile: dice.one([408, 502, 504]) }),
      () => ({ kind: "answer", status: dice.one([500, 502, 503, 504]) }),
      () => ({ kind: "answer", status: 503, retryAfter: String(dice.between(1, 120)) }),
      () => ({ kind: "broken-off" }),
      () => ({ kind: "shortened", share: dice.one([0, 0.5, 0.99]) }),
    ])();
  }
}

interface CommandFault {
  readonly on: "action";
  readonly command: Root;
  readonly times: number;
  readonly status?: number;
  readonly errorCode?: string;
  readonly message?: string;
  readonly step?: number;
}

type Root = { readonly user: string } | { readonly usergroup: string };

function rootOf(command: Command): Root {
  return "user" in command ? { user: command.user } : { usergroup: command.usergroup };
}
