import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy, { type MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { problem, problemResponse } from "../api/problem.ts";
import { type AnswerOf, type RouteName, routes } from "../api/routes.ts";
import { errorDetails } from "../http/error-details.ts";
import type { DescribedBody } from "../submit/unsupported-content.ts";

type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** A Lambda handler behind an HTTP API. Every exception becomes a 500 that repeats nothing of the request. */
export function httpApiHandler(logger: Logger, handler: HttpHandler) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger))
    .use(internalErrors(logger))
    .handler(handler);
}

/** The body of a request, with the headers that describe it. */
export function describedBody({ headers, body, isBase64Encoded }: APIGatewayProxyEventV2): DescribedBody {
  return { contentType: headers["content-type"], contentEncoding: headers["content-encoding"], body, isBase64Encoded };
}

/** The answer of a route when all is well. `headers` are sent besides the content type. */
export function answer<Name extends RouteName>(
  name: Name,
  body: AnswerOf<Name>,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return answerText(name, JSON.stringify(body), headers);
}

/** As `answer`, where the body is JSON already. */
export function answerText(
  name: RouteName,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  const { status: statusCode } = routes[name];
  return { statusCode, headers: { ...headers, "content-type": "application/json" }, body };
}

function internalErrors(logger: Logger): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const { error, event } = request;
      logger.error("unexpected error", { ...errorDetails(error), ...idsIn(event) });
      request.response = problemResponse(problem("internal", "The request failed on our side. Try it again."));
    },
  };
}

/** The ids in a request, which are not personal data. */
function idsIn({ pathParameters, queryStringParameters }: APIGatewayProxyEventV2): Readonly<Record<string, string>> {
  const ids = { operationId: pathParameters?.["id"], call: queryStringParameters?.["call"] };
  return Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => (id !== undefined && /^[a-z0-9-]{1,64}$/.test(id) ? [[name, id]] : [])),
  );
}
