import type { PlannedRefusal } from "../../infra/local/aws/refusals.ts";
import { AdobeWeather } from "./adobe-weather.ts";
import { Life } from "./life.ts";
import type { Dice } from "./seeded-random.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Say } from "./trace.ts";

/** The faults of the world while callers are at work, chosen at random. It ends each fault that it begins. */
export class Weather {
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #say: Say;
  readonly #adobe: AdobeWeather;
  readonly #stops: (() => void | Promise<void>)[] = [];

  /** @param latestSeconds until when Adobe may still apply what it got, in seconds after */
  constructor(world: SimulatedWorld, dice: Dice, say: Say, latestSeconds: number) {
    this.#world = world;
    this.#dice = dice;
    this.#say = say;
    this.#adobe = new AdobeWeather(world, dice, say, latestSeconds);
  }

  /** Lets Adobe fail at single commands, for a while or for good. */
  async blow(): Promise<void> {
    await this.#dice.one([
      () => this.#adobe.poison(),
      () => this.#adobe.failCommands(),
      () => this.#adobe.failCommands(),
      () => this.#world.sweep(),
    ])();
  }

  /** Begins a fault that lasts for a while at most. */
  async strike(): Promise<void> {
    await this.#dice.one([
      () => this.#adobe.misbehave(),
      () => this.#adobe.misbehave(),
      () => this.#adobe.poison(),
      () => this.#adobe.breakNetwork(),
      () => this.#adobe.breakNetwork(),
      () => this.#adobe.eatQuota(),
      () => this.#failAws(),
      () => this.#failAws(),
      () => this.#loseCredentials(),
      () => this.#failReleaser(),
      () => this.#failReleaser(),
      () => this.#world.sweep(),
    ])();
  }

  /** Ends all faults, or all but those of single users and groups. */
  async clear(): Promise<void> {
    await this.#adobe.clear(this.#dice.chance(0.5));
    for (const stop of this.#stops.splice(0)) await stop();
  }

  async #failAws(): Promise<void> {
    const dice = this.#dice;
    const { sqs, dynamo, secrets } = this.#world;
    const often = { times: dice.between(1, 6), after: dice.between(0, 10) };
    const how = dice.one<Partial<PlannedRefusal>>([
      {},
      { applied: true },
      { code: "ThrottlingException", status: 400 },
      { code: "ProvisionedThroughputExceededException", status: 400, applied: true },
    ]);
    const entries = [dice.between(0, 4)];
    const action = dice.one(["PutItem", "PutItem", "BatchGetItem", "GetItem", "Query"]);
    const strike = dice.one([
      () => sqs.refuse({ action: "SendMessageBatch", entries, ...often }),
      () => sqs.refuse({ action: "SendMessageBatch", entries, applied: true, ...often }),
      () => sqs.refuse({ action: "SendMessageBatch", ...how, ...often }),
      () => sqs.refuse({ action: "ChangeMessageVisibilityBatch", ...how, ...often }),
      () => sqs.refuse({ action: "ChangeMessageVisibilityBatch", entries, ...often }),
      () => sqs.refuse({ action: "DeleteMessageBatch", ...how, ...often }),
      () => sqs.refuse({ action: "DeleteMessageBatch", entries, ...often }),
      () => dynamo.refuse({ action, ...how, ...often }),
      () => dynamo.refuse({ action, ...how, ...often }),
      () => dynamo.refuse({ action: "BatchGetItem", entries, ...often }),
      () => secrets.refuse({ action: "GetSecretValue", ...how, ...often }),
    ]);
    this.#say(() => `AWS will fail ${often.times} times: ${action} or other calls, ${JSON.stringify(how)}`);
    this.#stops.push(strike());
  }

  /** A run of the releaser dies on its way, a bell is lost, or a second run at the same time rings twice. */
  async #failReleaser(): Promise<void> {
    const dice = this.#dice;
    const { chaos, sqs } = this.#world;
    let left = dice.between(1, 40);
    await dice.one([
      () => {
        chaos.kills = () => Life.current?.of === "release" && --left === 0;
      },
      () => {
        this.#stops.push(sqs.refuse({ action: "SendMessage", times: dice.between(1, 3), applied: dice.chance(0.5) }));
      },
      async () => {
        await Promise.all([this.#world.release(), this.#world.release()]);
      },
    ])();
  }

  /** A secret is replaced at Adobe, and some time later in Secrets Manager; or spoilt there; or tokens are revoked. */
  async #loseCredentials(): Promise<void> {
    const dice = this.#dice;
    const { credentials } = this.#world.adobe;
    if (dice.chance(0.4)) {
      this.#say(() => "every token is revoked");
      credentials.revokeTokens();
      return;
    }
    const fresh = `p8e-${dice.between(0, 999_999)}`;
    this.#say(() => "the client secret is replaced at Adobe");
    credentials.rotateSecret(fresh);
    if (dice.chance(0.7)) credentials.revokeTokens();
    if (dice.chance(0.3)) {
      await this.#world.putSecretText("not the JSON that it should be");
    }
    this.#stops.push(() => this.#world.putSecret(fresh));
  }
}
