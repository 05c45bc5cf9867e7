import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Clock } from "../../../shared/time/clock.ts";
import { systemClock } from "../../../shared/time/system-clock.ts";
import { refuseForeign } from "../http/refuse-foreign.ts";
import { asksForIndex, type ServerIndex, sendIndex, serverNames } from "../http/server-index.ts";
import { createDynamoDb } from "./dynamodb.ts";
import { createLambda, type Lambda } from "./lambda/lambda.ts";
import { isLambdaPath, lambdaAction } from "./lambda/rest.ts";
import { createParameters, type Parameters } from "./parameters.ts";
import { createSecretsManager, type SecretsManager } from "./secrets-manager/secrets-manager.ts";
import type { Service, ServiceAnswer } from "./service.ts";
import { ServiceError } from "./service-error.ts";
import { createSqs, type Sqs } from "./sqs/sqs.ts";

export interface LocalAwsOptions {
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** @default - the machine's own clock */
  readonly clock?: Clock;
  /** Makes ids of messages, versions and requests. @default crypto.randomUUID */
  readonly randomId?: () => string;
  /** @default "us-east-1" */
  readonly region?: string;
  /** Twelve digits. @default "000000000000" */
  readonly accountId?: string;
  /** Answers `/_local/…`, which AWS has not; undefined where there is nothing. @default - there is nothing */
  readonly beside?: (method: string, path: string) => ServiceAnswer | undefined;
}

export interface LocalAws {
  /** `http://127.0.0.1:<port>`, for every service. */
  readonly endpoint: string;
  readonly sqs: Sqs;
  readonly secrets: SecretsManager;
  readonly lambda: Lambda;
  readonly parameters: Parameters;
  /** Stops listening and cuts every connection, long polls included. */
  close(): Promise<void>;
}

/**
 * Starts SQS, Secrets Manager, SSM parameters, DynamoDB and what is needed of Lambda on one endpoint, out of reach of web
 * pages. Signatures are not checked.
 *
 * @throws the system's error, `EADDRINUSE` for a taken port; {SetupError} if what keeps tables is not installed
 */
export async function startLocalAws({
  port,
  clock = systemClock,
  randomId = randomUUID,
  region = "us-east-1",
  accountId = "000000000000",
  beside = () => undefined,
}: LocalAwsOptions): Promise<LocalAws> {
  const dynamoDb = createDynamoDb();
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${portOf(server)}`;
  const sqs = createSqs({ clock, randomId, endpoint, region, accountId });
  const secrets = createSecretsManager({ clock, randomId, region, accountId });
  const lambda = createLambda({ randomId });
  const parameters = createParameters({ region, accountId });
  const services: readonly Service[] = [sqs, secrets, parameters];
  const targets = [...services.map((service) => service.target), "DynamoDB_20120810"];

  const answerRequest: RequestListener = (request, response) => {
    const target = request.headers["x-amz-target"]?.toString() ?? "";
    if (target.startsWith(dynamoDb.targetPrefix)) {
      dynamoDb.handle(request, response);
      return;
    }
    if (target === "" && asksForIndex(request.method, request.url)) {
      sendIndex(response, indexOf(targets));
      return;
    }
    const { method = "GET", url = "/" } = request;
    const answered = target === "" && url.startsWith("/_local/") ? beside(method, url) : undefined;
    if (answered !== undefined) {
      reply(response, answered, "application/json", randomId());
      return;
    }
    const [name = "", action = ""] = target.split(".", 2);
    const isLambda = isLambdaPath(url);
    const service = isLambda ? lambda : services.find((candidate) => candidate.target === name);
    const contentType = service?.contentType ?? "application/x-amz-json-1.0";
    const callOf = (body: string) =>
      isLambda ? lambdaAction({ method, path: url, body }) : { action, input: JSON.parse(body) };
    const answer =
      service === undefined
        ? Promise.resolve(unknownTarget(target, targets))
        : serve(service, callOf, request, response);
    answer
      // A service rejects if its caller has gone. Any other rejection is a fault of ours, and must be visible.
      .catch((error: unknown) => (response.destroyed ? undefined : internalFailure(error)))
      .then((answered) => answered && reply(response, answered, contentType, randomId()));
  };
  server.on("request", refuseForeign(answerRequest));

  return {
    endpoint,
    sqs,
    secrets,
    lambda,
    parameters,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Runs one action. It aborts when the connection closes, so that a long poll does not take messages for a caller that
 * has gone.
 */
async function serve(
  service: Service,
  callOf: (body: string) => { readonly action: string; readonly input: unknown },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<ServiceAnswer> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  let call: ReturnType<typeof callOf>;
  try {
    call = callOf(await text(request));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const type = "SerializationException";
    return new ServiceError({ type, code: type, message: `The body is not JSON: ${error.message}` }).toAnswer();
  }
  return service.handle(call.action, call.input, gone.signal);
}

function indexOf(targets: readonly string[]): ServerIndex {
  const endpoints = targets.map((target) => `POST / with X-Amz-Target: ${target}.{action}`);
  return { server: serverNames.aws, endpoints };
}

function unknownTarget(target: string, known: readonly string[]): ServiceAnswer {
  const type = "UnknownOperationException";
  const got = target === "" ? "This request has no X-Amz-Target" : `No local service answers X-Amz-Target ${target}`;
  const message = `${got}. Here are ${known.join(", ")}, in the AWS JSON protocol.`;
  return new ServiceError({ type, code: type, message, status: 404 }).toAnswer();
}

function internalFailure(error: unknown): ServiceAnswer {
  const type = "InternalFailure";
  return new ServiceError({ type, code: type, message: String(error), status: 500 }).toAnswer();
}

function reply(response: ServerResponse, answer: ServiceAnswer, contentType: string, requestId: string): void {
  const { status, headers } = answer;
  response.writeHead(status, { ...headers, "content-type": contentType, "x-amzn-requestid": requestId });
  response.end(JSON.stringify(answer.body));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return address.port;
}
