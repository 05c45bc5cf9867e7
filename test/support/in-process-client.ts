import type { HttpHandlerOptions, HttpRequest, HttpResponse } from "@smithy/types";
import { lambdaAction } from "../../infra/local/aws/lambda/rest.ts";
import type { Service } from "../../infra/local/aws/service.ts";

/**
 * What an AWS SDK client needs to talk to a local service in this process, without a socket, so that it runs under the
 * clock that the service was made with. The SDK's own repeats are off: they would wait on the machine's clock.
 *
 * @example new SQSClient(inProcess(createSqs({ clock, randomId, endpoint: "http://sqs.test" })))
 */
export function inProcess(service: Service) {
  return {
    region: "us-east-1",
    endpoint: "http://aws.test",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    // No service here looks at signatures, and making them is half of what a call costs.
    signer: { sign: async (request: HttpRequest) => request },
    maxAttempts: 1,
    requestHandler: inProcessHandler(service),
  };
}

function inProcessHandler(service: Service) {
  return {
    async handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<{ response: HttpResponse }> {
      const { action, input } = callOf(request);
      const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
      signal?.throwIfAborted();
      const { status, body, headers } = await service.handle(action, input, signal);
      const response = {
        statusCode: status,
        headers: { ...headers, "content-type": service.contentType },
        body: Buffer.from(JSON.stringify(body)),
      };
      return { response };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    metadata: { handlerProtocol: "in-process" },
  };
}

function callOf({ headers, method, path, body }: HttpRequest): { action: string; input: unknown } {
  const [, action] = (headers["x-amz-target"] ?? "").split(".");
  return action === undefined
    ? lambdaAction({ method, path, body: textOf(body) })
    : { action, input: JSON.parse(textOf(body)) };
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}
