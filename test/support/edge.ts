import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { assembleDeliveries } from "../../functions/deliveries/assemble.ts";
import { assembleOperate } from "../../functions/operate/assemble.ts";
import { assembleOperations } from "../../functions/operations/assemble.ts";
import { assembleRetry } from "../../functions/retry/assemble.ts";
import { assembleSubmit } from "../../functions/submit/assemble.ts";
import { openapiPage } from "../../infra/docs/openapi/document.ts";
import { createParameters } from "../../infra/local/aws/parameters.ts";
import type { Service } from "../../infra/local/aws/service.ts";
import { createSqs, type Sqs } from "../../infra/local/aws/sqs/sqs.ts";
import { requestEvent } from "../../infra/local/host/http-api/request-event.ts";
import { type RouteName, routeKey, routes } from "../../shared/api/routes.ts";
import { DeliveryStore } from "../../shared/deliveries/delivery-store-dynamo.ts";
import { documents } from "../../shared/dynamo/documents.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { settle } from "../../shared/ledger/row.ts";
import { parseMessage } from "../../shared/operation/message.ts";
import type { Operation, OperationId } from "../../shared/operation/operation.ts";
import { createDynamo } from "../simulation/dynamo/dynamo.ts";
import { lambdaContext } from "../simulation/lambda-context.ts";
import { ledgerTable, roomTable } from "../simulation/ledger-table.ts";
import { inProcess } from "./in-process-client.ts";
import { SimulatedClock } from "./simulated-clock.ts";

/** A request to the API as it stands on the wire. */
export interface EdgeRequest {
  /** Names and values, as sent; a name may come twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Without the question mark, as sent. */
  readonly query?: string;
  readonly body?: Uint8Array;
  /** ARN of the role's session or the user that IAM has let in. @default - no authorizer names anybody */
  readonly caller?: string;
  /** What stands in the path, once it is decoded. @default - nothing does */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

/** An answer as the function gives it. */
export interface FullAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface EdgeAnswer {
  readonly status: number;
  readonly contentType: unknown;
  /** Of a call that was accepted before under the same key. */
  readonly replayed: boolean;
  readonly text: string;
}

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const queueUrl = "http://sqs.test/000000000000/work.fifo";

/** The functions behind the HTTP API, in this process, with a queue that has no consumer and a table. */
export class Edge {
  readonly sqs: Sqs;
  readonly clock: SimulatedClock;
  readonly ledger: Ledger;
  readonly deliveries: DeliveryStore;
  /** The actions that have changed the queue or the table, in order; those that failed too. */
  readonly changes: string[] = [];
  /** The actions that have read them, in order. */
  readonly reads: string[] = [];
  readonly #queue: SQSClient;
  readonly #handlers: Readonly<Record<RouteName, Handler>>;

  /** @param start milliseconds since the epoch. @default - a fixed day */
  static async create(start?: number): Promise<Edge> {
    const dynamo = createDynamo();
    const client = new DynamoDBClient(inProcess(dynamo));
    for (const table of [ledgerTable, roomTable]) await client.send(new CreateTableCommand(table));
    const edge = new Edge(dynamo, new SimulatedClock(start));
    await edge.#queue.send(new CreateQueueCommand({ QueueName: "work.fifo", Attributes: { FifoQueue: "true" } }));
    return edge;
  }

  private constructor(table: Service, clock: SimulatedClock) {
    this.clock = clock;
    let made = 0;
    const newId = () => `id-${++made}`;
    this.sqs = createSqs({ clock, randomId: newId, endpoint: "http://sqs.test" });
    this.#queue = new SQSClient(inProcess(this.sqs));
    const dynamo = documents(new DynamoDBClient(inProcess(this.#watched(table))));
    const unwatched = documents(new DynamoDBClient(inProcess(table)));
    this.ledger = new Ledger(unwatched, ledgerTable.TableName, () => undefined);
    this.deliveries = new DeliveryStore(unwatched, ledgerTable.TableName);
    const environment = {
      QUEUE_URL: queueUrl,
      TABLE_NAME: ledgerTable.TableName,
      ROOM_TABLE_NAME: roomTable.TableName,
      LANE: "default",
      ACTION_BUDGET: "10/60",
      REQUEST_TIMEOUT_SECONDS: "60",
      ALLOW_ACCOUNT_DELETION: "false",
      REMOVAL_LIMIT: "100/3600",
      LEAVERS_FIRST: "true",
      DELIVERY_QUEUE_URL: queueUrl,
      SOURCES_PATH: "/sources/",
    };
    const parameters = createParameters({ region: "us-east-1", accountId: "000000000000" });
    const source = { preset: "bamboohr", company: "example" };
    parameters.put("/sources/bamboohr", JSON.stringify({ sources: { bamboohr: source } }));
    const world = { environment, clock, newId, dynamo, sqs: new SQSClient(inProcess(this.#watched(this.sqs))) };
    const operations = assembleOperations({ ...world, description: openapiPage });
    const operate = assembleOperate(world);
    const deliveries = assembleDeliveries({ ...world, ssm: new SSMClient(inProcess(parameters)) });
    this.#handlers = {
      submit: assembleSubmit(world),
      list: operations,
      operation: operations,
      openapi: operations,
      retry: assembleRetry(world),
      cancel: operate,
      cancelCall: operate,
      erase: operate,
      lane: operate,
      pause: operate,
      resume: operate,
      removals: operate,
      releaseRemovals: operate,
      cancelRemovals: operate,
      deliveries,
      retryDelivery: deliveries,
      seed: deliveries,
    };
  }

  async submit(request: EdgeRequest): Promise<EdgeAnswer> {
    return short(await this.call("submit", request));
  }

  async list(query: string): Promise<EdgeAnswer> {
    return short(await this.call("list", { query }));
  }

  /** @param id as it is once the path is decoded */
  async read(id: string): Promise<EdgeAnswer> {
    return short(await this.call("operation", { pathParameters: { id } }));
  }

  /** @param id as it is once the path is decoded */
  async retry(id: string, query = ""): Promise<EdgeAnswer> {
    return short(await this.call("retry", { pathParameters: { id }, query }));
  }

  /** Takes all that is in the queue out of it, in order. @throws if there is a message that dispatch could not read */
  async takeQueued(): Promise<Operation[]> {
    const taken: Operation[] = [];
    for (;;) {
      const { Messages = [] } = await this.#queue.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return taken;
      for (const { Body = "" } of Messages) {
        const operations = parseMessage(Body);
        if (operations === undefined) throw new Error(`unreadable: ${Body}`);
        taken.push(...operations);
      }
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.#queue.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }

  #watched(service: Service): Service {
    return {
      ...service,
      handle: (action, input, signal) => {
        (/^(Get|BatchGet|Query)/.test(action) ? this.reads : this.changes).push(action);
        return service.handle(action, input, signal);
      },
    };
  }

  /** Ends an operation as dispatch would. */
  async finish(id: OperationId, outcome: Parameters<typeof settle>[1]): Promise<void> {
    const row = (await this.ledger.read([id])).get(id);
    if (row === undefined || row === "unreadable") throw new Error(`${id} has no row`);
    await this.ledger.write(settle(row, outcome, this.clock.now(), () => 0));
  }

  async call(name: RouteName, request: EdgeRequest): Promise<FullAnswer> {
    const { headers = [], query = "", body = new Uint8Array(), pathParameters = {} } = request;
    const { method, path } = routes[name];
    const target = path.replaceAll(/\{(\w+)\}/g, (_, parameter) =>
      encodeURIComponent(pathParameters[parameter]?.toWellFormed() ?? ""),
    );
    const event = requestEvent(
      {
        method,
        target: query === "" ? target : `${target}?${query}`,
        httpVersion: "1.1",
        rawHeaders: headers.flat(),
        sourceIp: "127.0.0.1",
        body: Buffer.from(body),
      },
      {
        routeKey: routeKey(name),
        pathParameters,
        stage: "$default",
        apiId: "api",
        requestId: "request",
        timeEpoch: this.clock.now(),
      },
    );
    const authorizer = request.caller === undefined ? {} : { authorizer: { iam: { userArn: request.caller } } };
    const requestContext = { ...event.requestContext, ...authorizer };
    const answer = await this.#handlers[name]({ ...event, requestContext }, lambdaContext(this.clock, "edge", 29));
    const { statusCode = 0, headers: sent = {}, body: text = "" } = answer;
    const told = Object.entries(sent).map(([header, value]) => [header.toLowerCase(), String(value)] as const);
    return { status: statusCode, headers: Object.fromEntries(told), text };
  }
}

function short({ status, headers, text }: FullAnswer): EdgeAnswer {
  const { "content-type": contentType, "idempotency-replayed": replayed } = headers;
  return { status, contentType, replayed: replayed === "true", text };
}
