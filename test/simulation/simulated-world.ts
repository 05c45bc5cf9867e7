import { CreateSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type Adobe, createAdobe } from "../../infra/local/adobe/adobe.ts";
import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import { adobeFetch } from "../../infra/local/adobe/in-process-fetch.ts";
import { createLambda, type Lambda } from "../../infra/local/aws/lambda/lambda.ts";
import { createParameters, type Parameters } from "../../infra/local/aws/parameters.ts";
import { createSecretsManager, type SecretsManager } from "../../infra/local/aws/secrets-manager/secrets-manager.ts";
import { createSqs, type Sqs } from "../../infra/local/aws/sqs/sqs.ts";
import { settings } from "../../infra/settings.ts";
import { markKey } from "../../shared/room/mark-key.ts";
import { SimulatedClock } from "../support/simulated-clock.ts";
import {
  clientsOf,
  createResources,
  deadLetterQueueName,
  deliveryQueueName,
  mappingIds,
  queueName,
  queueUrl,
  returnedQueueName,
  secretId,
  webhookSecretId,
} from "./aws.ts";
import { Chaos } from "./chaos.ts";
import { Consumers } from "./consumers.ts";
import { Deliveries } from "./deliveries.ts";
import { createDynamo, type Dynamo } from "./dynamo/dynamo.ts";
import { environment, lane, sourcesPath } from "./environment.ts";
import { FlowWatch } from "./flow-watch.ts";
import { simulatedFunctions } from "./functions.ts";
import { ledgerTable } from "./ledger-table.ts";
import { LedgerWatch } from "./ledger-watch.ts";
import { Life } from "./life.ts";
import { MemberWatch } from "./member-watch.ts";
import { Network } from "./network.ts";
import { QueueWatch } from "./queue-watch.ts";
import { Rollout } from "./rollout.ts";
import { repeated } from "./sdk-repeats.ts";
import { Dice, seededRandom, seededUuid } from "./seeded-random.ts";
import { Sends } from "./sends.ts";
import { SimulatedApi } from "./simulated-api.ts";
import type { SimulationOptions } from "./simulation-options.ts";
import { silent } from "./trace.ts";
import { Wire } from "./wire.ts";

const countsSchema = z.object({
  Attributes: z.object({
    ApproximateNumberOfMessages: z.coerce.number(),
    ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  }),
});

/** The whole service in one process, under one clock and one source of randomness. */
export class SimulatedWorld {
  readonly clock: SimulatedClock;
  readonly adobe: Adobe;
  readonly sqs: Sqs;
  readonly secrets: SecretsManager;
  readonly lambda: Lambda;
  readonly parameters: Parameters;
  readonly dynamo: Dynamo;
  readonly chaos: Chaos;
  readonly rollout: Rollout;
  readonly network: Network;
  readonly flow: FlowWatch;
  readonly sends: Sends;
  readonly wire: Wire;
  readonly members: MemberWatch;
  readonly ledger: LedgerWatch;
  readonly queue: QueueWatch;
  readonly api: SimulatedApi;
  /** How far the clock of each coming invocation is ahead, in milliseconds. */
  skewMs: () => number = () => 0;
  /** How often an SDK tries what a service fails at. */
  sdkTries = 1;
  /** The functions whose deployed version cannot start, by name. */
  readonly broken = new Set<string>();
  /** The schedules whose rule is disabled. */
  readonly disabled = new Set<string>();
  #allowsAccountDeletion = false;
  #takesWebhooks = false;
  readonly #credentials: Credentials;
  readonly #clients: ReturnType<typeof clientsOf>;
  readonly #functions: ReturnType<typeof simulatedFunctions>;
  readonly #deliveries: Deliveries;
  readonly #consumers: Consumers;

  /** A world whose queues, tables and secret are there, and whose consumers poll. */
  static async create(options: SimulationOptions): Promise<SimulatedWorld> {
    const world = new SimulatedWorld(options);
    await createResources(world.#clients, JSON.stringify(options.credentials));
    await world.#takeWebhooks(options.sources ?? {});
    world.#consume();
    return world;
  }

  private constructor(options: SimulationOptions) {
    const { seed, credentials, rate, network = (send) => send(), clock = new SimulatedClock(), say = silent } = options;
    const { onInvoked = () => undefined, removalLimit = "off", watchesMembers = false } = options;
    this.#credentials = credentials;
    this.clock = clock;
    const random = seededRandom(seed);
    const newId = () => seededUuid(random);
    this.adobe = createAdobe({ now: () => clock.now(), random, credentials, rate });
    this.sqs = createSqs({ clock, randomId: newId, endpoint: "http://sqs.test" });
    this.secrets = createSecretsManager({ clock, randomId: newId });
    const ids = Object.values(mappingIds).values();
    this.lambda = createLambda({ randomId: () => String(ids.next().value) });
    this.parameters = createParameters({ region: "us-east-1", accountId: "000000000000" });
    this.dynamo = createDynamo();
    this.flow = new FlowWatch(clock);
    this.chaos = new Chaos(clock, random, say);
    this.chaos.onTrouble = this.flow.disturb;
    this.network = new Network(clock);
    this.ledger = new LedgerWatch(clock, this.flow, say);
    this.queue = new QueueWatch(clock, this.ledger.blockedUntil, say);
    this.sends = new Sends(clock, this.ledger, this.queue.queued, this.flow);
    this.wire = new Wire(clock, this.sends, this.flow, say);
    this.rollout = new Rollout(random);
    const { chaos, rollout } = this;
    this.members = new MemberWatch(this.queue, this.ledger);
    const adobe = adobeFetch(watchesMembers ? this.members.watch(this.adobe) : this.adobe);
    this.#clients = clientsOf({
      dynamo: rollout.around(chaos.around(repeated(this.ledger.watch(this.dynamo), () => this.sdkTries))),
      sqs: rollout.around(chaos.around(repeated(this.queue.watch(this.sqs), () => this.sdkTries))),
      secrets: chaos.around(repeated(this.secrets, () => this.sdkTries)),
      lambda: this.lambda,
      ssm: this.parameters,
    });
    const outside = {
      ...this.#clients,
      environment: environment(
        rate,
        () => this.#allowsAccountDeletion,
        () => removalLimit,
      ),
      clock: {
        now: () => clock.now() + (Life.current?.skewMs ?? 0),
        sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
      },
      random,
      newId,
      findKeys: () => {
        throw new Error("No sender shows a token here");
      },
      fetchRecord: chaos.fetch((url: string, init: RequestInit) => adobe(url, init)),
      fetch: chaos.fetch(
        this.wire.watch(
          this.network.around((url, init) => network(() => adobe(url, init), url, clock, String(init.body))),
        ),
      ),
    };
    this.#functions = simulatedFunctions(
      outside,
      clock,
      this.queue,
      () => this.skewMs(),
      () => rollout.startsNewer(),
      (name) => !this.broken.has(name),
      (name, hasFailed) => onInvoked(name, hasFailed),
    );
    this.api = new SimulatedApi(this.#functions);
    this.#consumers = new Consumers({
      clock,
      say,
      sqs: this.#clients.sqs,
      isEnabled: (rule) => !this.disabled.has(rule),
    });
    const { dispatch: first, dispatchAgain: again } = this.#functions;
    const dice = new Dice(seed + 1);
    this.#deliveries = new Deliveries(
      { first, again },
      { clock, dice, say, flow: this.flow, roughness: () => chaos.roughness },
    );
  }

  /** Deploys the stack anew, which allows accounts to be destroyed or does not. */
  deploy({ allowAccountDeletion }: { readonly allowAccountDeletion: boolean }): void {
    this.#allowsAccountDeletion = allowAccountDeletion;
    for (const each of Object.values(this.#functions)) each.restart();
  }

  /** Runs the sweeper once. */
  async sweep(): Promise<void> {
    await this.#functions.sweep.call({});
  }

  /** Runs the releaser once. */
  async release(): Promise<void> {
    await this.#functions.release.call({});
  }

  /** What the sandbox shows at `/_sandbox/…`. */
  async sandbox(path: string, body?: unknown): Promise<unknown> {
    const reply = await this.adobe.handle({
      method: body === undefined ? "GET" : "POST",
      path: `/_sandbox/${path}`,
      headers: { "content-type": "application/json" },
      body: body === undefined ? "" : JSON.stringify(body),
    });
    return reply.kind === "response" && reply.body !== "" ? JSON.parse(reply.body) : undefined;
  }

  /** Puts another client secret into Secrets Manager. */
  async putSecret(clientSecret: string): Promise<void> {
    await this.putSecretText(JSON.stringify({ ...this.#credentials, clientSecret }));
  }

  /** Puts any text where the credentials should be. */
  async putSecretText(text: string): Promise<void> {
    await this.#clients.secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: text }));
  }

  /** Lets time run until the promise is settled. */
  async until<Result>(promise: Promise<Result>): Promise<Result> {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    settled.catch(() => undefined);
    await this.clock.advance(0);
    while (!isSettled) await this.clock.advanceTo(this.clock.nextDeadline ?? this.clock.now());
    return await settled;
  }

  /** Lets time run until queues and waiting room are empty. @throws after `maxSeconds` of simulated time */
  async drain(maxSeconds: number): Promise<void> {
    const end = this.clock.now() + maxSeconds * 1000;
    while (await this.#isSomebodyWaiting()) {
      if (this.clock.now() >= end) throw new Error(`queues or waiting room are not empty after ${maxSeconds} s`);
      await this.clock.advanceTo(Math.min(end, this.clock.nextDeadline ?? end));
    }
  }

  async #isSomebodyWaiting(): Promise<boolean> {
    for (const name of [queueName, returnedQueueName]) if ((await this.messages(name)) > 0) return true;
    const mark = new GetCommand({ TableName: ledgerTable.TableName, Key: { pk: markKey(lane) } });
    return (await this.#clients.dynamo.send(mark)).Item !== undefined;
  }

  /** The tables, as somebody outside of the functions reads them. */
  get documents() {
    return this.#clients.dynamo;
  }

  async deadLetters(): Promise<number> {
    return await this.messages(deadLetterQueueName);
  }

  /** Messages in a queue, hidden ones included. */
  async messages(name: string): Promise<number> {
    const answer = await this.sqs.handle("GetQueueAttributes", { QueueUrl: queueUrl(name), AttributeNames: ["All"] });
    const { Attributes } = countsSchema.parse(answer.body);
    return Attributes.ApproximateNumberOfMessages + Attributes.ApproximateNumberOfMessagesNotVisible;
  }

  /** Lets time pass without a consumer, which costs a simulation nothing. */
  async pass(seconds: number): Promise<void> {
    this.stop();
    await this.clock.advance(seconds * 1000);
    this.#consume();
  }

  /** Ends the consumers and the schedules. */
  stop(): void {
    this.#consumers.stop();
  }

  async #takeWebhooks(sources: NonNullable<SimulationOptions["sources"]>): Promise<void> {
    const keys = Object.fromEntries(Object.entries(sources).map(([name, { key }]) => [name, key]));
    this.#takesWebhooks = Object.keys(keys).length > 0;
    if (!this.#takesWebhooks) return;
    for (const [name, { configuration }] of Object.entries(sources)) this.configure(name, configuration);
    const secret = { Name: webhookSecretId, SecretString: JSON.stringify(keys) };
    await this.#clients.secrets.send(new CreateSecretCommand(secret));
  }

  /** Deploys another configuration of a source. */
  configure(name: string, configuration: object): void {
    this.parameters.put(sourcesPath + name, JSON.stringify({ sources: { [name]: configuration } }));
  }

  #consume(): void {
    void this.#consumers.every("release", settings.releaseIntervalMinutes, () => this.release());
    void this.#consumers.every("sweep", settings.sweepIntervalMinutes, () => this.sweep());
    void this.#consumers.poll(queueName, this.#deliveries);
    void this.#consumers.poll(returnedQueueName, this.#functions.rescue);
    if (this.#takesWebhooks) void this.#consumers.poll(deliveryQueueName, this.#functions.intake);
  }
}
