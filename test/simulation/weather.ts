import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

const permanentCode = "error.user.type_unknown";
const transientCodes = ["error.internal.update_failed", "error.throttled_by_external_service"] as const;

/** What befalls the world while callers are at work, chosen by the dice. Everything it does it also undoes. */
export class Weather {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #trace: (line: string) => void;
  /** Users whose commands Adobe has been told to refuse for good. */
  readonly refusedFor = new Set<string>();

  constructor(world: SimulatedWorld, dice: Dice, trace: (line: string) => void) {
    this.#world = world;
    this.#dice = dice;
    this.#trace = trace;
  }

  /** Lets something befall the world, for a while at most. @param people who may be befallen */
  async strike(people: readonly string[]): Promise<void> {
    const strikes = [
      this.#adobeFaults,
      this.#adobeFaults,
      this.#otherClients,
      this.#awsFaults,
      this.#credentials,
    ] as const;
    await this.#dice.one(strikes).call(this, people);
  }

  /** Ends all that befalls the world. */
  async clear(): Promise<void> {
    await this.#world.sandbox("faults", []);
    for (const stop of this.#stops.splice(0)) await stop();
  }

  readonly #stops: (() => void | Promise<void>)[] = [];

  async #adobeFaults(people: readonly string[]): Promise<void> {
    const dice = this.#dice;
    const faults = Array.from({ length: dice.between(1, 3) }, () => this.#adobeFault(people));
    this.#trace(`Adobe will misbehave: ${JSON.stringify(faults)}`);
    await this.#world.sandbox("faults", faults);
    for (const fault of faults)
      if ("errorCode" in fault && fault.errorCode === permanentCode) this.refusedFor.add(fault.command.user);
    if (dice.chance(0.1)) this.#world.adobe.credentials.revokeTokens();
  }

  #adobeFault(people: readonly string[]) {
    const dice = this.#dice;
    const often = { times: dice.between(1, 4), after: dice.between(0, 3) };
    const [first, ...others] = people;
    if (first !== undefined && dice.chance(0.35)) {
      const command = { user: dice.one([first, ...others]) };
      if (dice.chance(0.2)) return { on: "action", command, status: 500, times: dice.between(1, 6) };
      const errorCode = dice.one([...transientCodes, permanentCode]);
      const step = dice.chance(0.8) ? { step: 0 } : {};
      return { on: "action", command, errorCode, message: "as it happens", ...step, times: dice.between(1, 5) };
    }
    if (dice.chance(0.15)) return { on: "token", status: dice.one([429, 500, 503]), ...often };
    const whole = dice.one([
      () => ({ status: 429, retryAfter: dice.one([1, 5, 60, 600, 3244, "soon", this.#httpDate()]) }),
      () => ({ status: 429 }),
      () => ({ status: dice.one([500, 502, 503, 504]) }),
      () => ({ status: 503, retryAfter: dice.one([1, 30, this.#httpDate()]) }),
      () => ({
        status: 200,
        body: dice.one(["", "<html>busy</html>", '{"result":"succ', "{}"]),
        contentType: "text/html",
      }),
      () => ({ effect: dice.one(["reset", "applied-then-reset", "hang"]) }),
    ]);
    return { on: "action", ...whole(), ...often };
  }

  /** Other programs with the same key send empty requests, which count. */
  async #otherClients(): Promise<void> {
    const count = this.#dice.between(1, 10);
    this.#trace(`other clients send ${count} requests`);
    for (let sent = 0; sent < count; sent++) await this.#world.sendAsOtherClient();
  }

  async #awsFaults(): Promise<void> {
    const dice = this.#dice;
    const { sqs, dynamo, secrets } = this.#world;
    const often = { times: dice.between(1, 5), after: dice.between(0, 10) };
    const strike = dice.one([
      () => sqs.refuse({ action: "SendMessageBatch", entries: [dice.between(0, 5)], ...often }),
      () => sqs.refuse({ action: "SendMessageBatch", applied: dice.chance(0.5), ...often }),
      () => sqs.refuse({ action: "ChangeMessageVisibilityBatch", ...often }),
      () => sqs.refuse({ action: "ChangeMessageVisibilityBatch", entries: [dice.between(0, 3)], ...often }),
      () => sqs.refuse({ action: "DeleteMessageBatch", entries: [dice.between(0, 3)], ...often }),
      () => dynamo.refuse({ action: "PutItem", applied: dice.chance(0.5), ...often }),
      () => dynamo.refuse({ action: "BatchGetItem", ...often }),
      () => dynamo.refuse({ action: "GetItem", ...often }),
      () => secrets.refuse({ action: "GetSecretValue", ...often }),
    ]);
    this.#trace("AWS will misbehave");
    this.#stops.push(strike());
  }

  /** A secret is replaced at Adobe, and some time later in Secrets Manager. */
  async #credentials(): Promise<void> {
    const fresh = `p8e-${this.#dice.between(0, 999_999)}`;
    this.#trace("the client secret is replaced at Adobe");
    this.#world.adobe.credentials.rotateSecret(fresh);
    if (this.#dice.chance(0.7)) this.#world.adobe.credentials.revokeTokens();
    this.#stops.push(() => this.#world.putSecret(fresh));
  }

  #httpDate(): string {
    return new Date(this.#world.clock.now() + this.#dice.between(-10, 120) * 1000).toUTCString();
  }
}
