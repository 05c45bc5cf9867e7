import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { assembleDispatch } from "../../functions/dispatch/assemble.ts";
import { assembleOperations } from "../../functions/operations/assemble.ts";
import { assembleRetry } from "../../functions/retry/assemble.ts";
import { assembleSubmit } from "../../functions/submit/assemble.ts";
import { assembleSweep } from "../../functions/sweep/assemble.ts";
import { type Adobe, createAdobe } from "../../infra/local/adobe/adobe.ts";
import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import { adobeFetch } from "../../infra/local/adobe/in-process-fetch.ts";
import { createSecretsManager, type SecretsManager } from "../../infra/local/aws/secrets-manager/secrets-manager.ts";
import { createSqs, type Sqs } from "../../infra/local/aws/sqs/sqs.ts";
import { poll } from "../../infra/local/host/event-source-mapping/poller.ts";
import { settings } from "../../infra/settings.ts";
import type { Clock } from "../../shared/clock.ts";
import { documents } from "../../shared/dynamo.ts";
import type { World } from "../../shared/world.ts";
import { inProcess } from "../support/in-process-client.ts";
import { SimulatedClock } from "../support/simulated-clock.ts";
import { Chaos } from "./chaos.ts";
import { createDynamo, type Dynamo } from "./dynamo/dynamo.ts";
import { type HttpRequest, httpEvent } from "./http-event.ts";
import { ledgerTable } from "./ledger-table.ts";
import { Life } from "./life.ts";
import { Observer } from "./observer.ts";
import { seededRandom } from "./seeded-random.ts";
import { SimulatedFunction } from "./simulated-function.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly credentials: Credentials;
  /** Action requests that the sandbox takes, and that the lane believes it takes. */
  readonly rate: { readonly requests: number; readonly seconds: number };
  /** Told of what befalls invocations. */
  readonly trace?: (line: string) => void;
  /** Stands between the functions and the sandbox. @default - the sandbox answers at once */
  readonly network?: (send: () => Promise<Response>, url: string, clock: Clock) => Promise<Response>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

type ApiFunction = SimulatedFunction<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

export const queueName = "work.fifo";
const secretId = "adobe";
const days = 24 * 60 * 60;

/** The whole service in one process, under one clock and one source of randomness. */
export class SimulatedWorld {
  readonly clock = new SimulatedClock();
  readonly adobe: Adobe;
  readonly sqs: Sqs;
  readonly secrets: SecretsManager;
  readonly dynamo: Dynamo;
  readonly chaos: Chaos;
  readonly observer = new Observer();
  readonly #credentials: Credentials;
  readonly #trace: (line: string) => void;
  readonly #secretsManager: SecretsManagerClient;
  readonly #outside: World;
  #stopping = new AbortController();
  readonly #api: Readonly<Record<"submit" | "operations" | "retry", ApiFunction>>;
  readonly #sweep: SimulatedFunction<unknown, unknown>;
  readonly #dispatch: SimulatedFunction<SQSEvent, SQSBatchResponse>;

  /** A world whose queues, table and secret are there, and whose consumer polls. */
  static async create(options: SimulationOptions): Promise<SimulatedWorld> {
    const world = new SimulatedWorld(options);
    await world.#setUp();
    return world;
  }

  private constructor({
    seed,
    credentials,
    rate,
    network = (send) => send(),
    trace = () => undefined,
  }: SimulationOptions) {
    const { clock } = this;
    this.#credentials = credentials;
    const random = seededRandom(seed);
    const newId = () => uuid(random);
    this.adobe = createAdobe({ now: () => clock.now(), random, credentials, rate });
    this.sqs = createSqs({ clock, randomId: newId, endpoint: "http://sqs.test" });
    this.secrets = createSecretsManager({ clock, randomId: newId });
    this.dynamo = createDynamo();
    this.#secretsManager = new SecretsManagerClient(inProcess(this.secrets));
    const adobe = adobeFetch(this.adobe);
    this.#trace = trace;
    this.chaos = new Chaos(clock, random, trace);
    const { chaos, observer } = this;
    this.#outside = {
      environment: environment(rate),
      clock: { now: () => clock.now() + (Life.current?.skewMs ?? 0), sleep: (ms, signal) => clock.sleep(ms, signal) },
      random,
      newId,
      fetch: chaos.fetch((url, init) => network(() => this.#traced(adobe(url, init), init), url, clock)),
      dynamo: documents(new DynamoDBClient(inProcess(chaos.around(observer.watch(this.dynamo))))),
      sqs: new SQSClient(inProcess(chaos.around(observer.watch(this.sqs)))),
      secrets: new SecretsManagerClient(inProcess(chaos.around(this.secrets))),
    };
    const outside = this.#outside;
    const api = (name: string, start: () => ReturnType<typeof assembleSubmit>) =>
      new SimulatedFunction(name, settings.apiFunctionTimeoutSeconds, clock, start);
    this.#api = {
      submit: api("submit", () => assembleSubmit(outside)),
      operations: api("operations", () => assembleOperations(outside)),
      retry: api("retry", () => assembleRetry(outside)),
    };
    this.#sweep = new SimulatedFunction("sweep", settings.dispatchTimeoutSeconds, clock, () => assembleSweep(outside));
    this.#dispatch = new SimulatedFunction("dispatch", settings.dispatchTimeoutSeconds, clock, () =>
      assembleDispatch(outside),
    );
  }

  /** Hands in operations as an HTTP client does. */
  async post(body: unknown, headers: Record<string, string> = {}, query = ""): Promise<ApiAnswer> {
    return await this.#call(this.#api.submit, {
      method: "POST",
      path: `/v1/operations${query}`,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  async get(path: string): Promise<ApiAnswer> {
    return await this.#call(this.#api.operations, { method: "GET", path });
  }

  /** @param query with its question mark */
  async retry(id: string, query = ""): Promise<ApiAnswer> {
    return await this.#call(this.#api.retry, { method: "POST", path: `/v1/operations/${id}/retry${query}` });
  }

  /** Sets how far the clocks of coming dispatch invocations are off, in milliseconds. */
  skewClocks(skewMs: () => number): void {
    this.#dispatch.skewMs = skewMs;
  }

  /** Runs the sweeper once. */
  async sweep(): Promise<void> {
    await this.#sweep.call({});
  }

  async #traced(reply: Promise<Response>, { body }: RequestInit): Promise<Response> {
    const what = typeof body === "string" && body.startsWith("[") ? body : "a token or a user";
    return await reply.then(
      async (response) => {
        this.#trace(`Adobe answers ${response.status} to ${what}: ${await response.clone().text()}`);
        return response;
      },
      (error) => {
        this.#trace(`Adobe does not answer ${what}`);
        throw error;
      },
    );
  }

  async #call(target: ApiFunction, request: HttpRequest): Promise<ApiAnswer> {
    const answer = await target.call(httpEvent(request));
    // An HTTP API answers so for a function that died.
    if (answer === undefined) return { status: 500, body: { message: "Internal Server Error" } };
    return { status: answer.statusCode ?? 200, body: JSON.parse(answer.body ?? "null") };
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

  /** An action request of another program with the same key; Adobe refuses it, and counts it. */
  async sendAsOtherClient(): Promise<void> {
    const { orgId, clientId } = this.adobe.credentials;
    await this.adobe.handle({
      method: "POST",
      path: `/v2/usermanagement/action/${orgId}`,
      headers: {
        authorization: `Bearer ${this.adobe.credentials.issueToken(this.clock.now())}`,
        "x-api-key": clientId,
        "content-type": "application/json",
      },
      body: "[]",
    });
  }

  /** Puts another client secret into Secrets Manager. */
  async putSecret(clientSecret: string): Promise<void> {
    const SecretString = JSON.stringify({ ...this.#credentials, clientSecret });
    await this.#secretsManager.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
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

  /** Lets time run until the work queue is empty. @throws after `maxSeconds` of simulated time */
  async drain(maxSeconds: number): Promise<void> {
    const end = this.clock.now() + maxSeconds * 1000;
    while ((await this.messages(queueName)) > 0) {
      if (this.clock.now() >= end) throw new Error(`the queue is not empty after ${maxSeconds} s`);
      await this.clock.advance(1000);
    }
  }

  async deadLetters(): Promise<number> {
    return await this.messages(`dead-${queueName}`);
  }

  /** Messages in a queue, hidden ones included. */
  async messages(name: string): Promise<number> {
    const { Attributes } = await this.#outside.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(name), AttributeNames: ["All"] }),
    );
    return (
      Number(Attributes?.["ApproximateNumberOfMessages"]) +
      Number(Attributes?.["ApproximateNumberOfMessagesNotVisible"])
    );
  }

  /** Lets time pass without a consumer, which costs a simulation nothing. */
  async pass(seconds: number): Promise<void> {
    this.stop();
    await this.clock.advance(seconds * 1000);
    this.#stopping = new AbortController();
    this.#consume();
  }

  /** Ends the consumer. */
  stop(): void {
    this.#stopping.abort();
  }

  async #setUp(): Promise<void> {
    const { sqs, secrets, dynamo } = this.#outside;
    const attributes = { FifoQueue: "true", MessageRetentionPeriod: String(settings.queueRetentionDays * days) };
    await sqs.send(new CreateQueueCommand({ QueueName: `dead-${queueName}`, Attributes: attributes }));
    await sqs.send(
      new CreateQueueCommand({
        QueueName: queueName,
        Attributes: {
          ...attributes,
          VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:dead-${queueName}`,
            maxReceiveCount: settings.maxReceiveCount,
          }),
        },
      }),
    );
    await dynamo.send(new CreateTableCommand(ledgerTable));
    await secrets.send(new CreateSecretCommand({ Name: secretId, SecretString: JSON.stringify(this.#credentials) }));
    this.#consume();
  }

  #consume(): void {
    const { sqs, clock } = this.#outside;
    void poll(
      {
        sqs,
        clock,
        queueUrl: queueUrl(queueName),
        queueArn: `arn:aws:sqs:us-east-1:000000000000:${queueName}`,
        batchSize: settings.batchSize,
        reportsBatchItemFailures: true,
        function: this.#dispatch,
        onError: (error) => this.#trace(String(error)),
      },
      this.#stopping.signal,
    );
  }
}

const queueUrl = (name: string) => `http://sqs.test/000000000000/${name}`;

function environment({ requests, seconds }: SimulationOptions["rate"]): Record<string, string> {
  return {
    QUEUE_URL: queueUrl(queueName),
    DEAD_LETTER_QUEUE_URL: queueUrl(`dead-${queueName}`),
    TABLE_NAME: ledgerTable.TableName,
    LANE: "default",
    SECRET_ID: secretId,
    AUTH: "oauth",
    UMAPI_URL: "http://adobe.test/v2/usermanagement",
    IMS_URL: "http://adobe.test",
    ACTION_BUDGET: `${requests}/${seconds}`,
    REQUEST_TIMEOUT_SECONDS: String(settings.requestTimeoutSeconds),
    TOKEN_TIMEOUT_SECONDS: String(settings.tokenTimeoutSeconds),
    ALLOW_ACCOUNT_DELETION: "false",
  };
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
