import type { APIGatewayProxyEventV2 } from "aws-lambda";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** With its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** ARN of who IAM has let in. @default - no authorizer names anybody */
  readonly caller?: string | undefined;
  /** What another authorizer says of the caller. @default - it is IAM, or there is none */
  readonly authorizer?: object | undefined;
}

/** A request as an HTTP API hands it to a Lambda, payload format 2.0. */
export function httpEvent(request: HttpRequest): APIGatewayProxyEventV2 {
  const { method, path, headers = {}, body, caller } = request;
  const { authorizer = caller === undefined ? undefined : { iam: { userArn: caller } } } = request;
  const url = new URL(path, "http://api.test");
  const [, kind, value] = /^\/v1\/(operations|calls|deliveries|webhooks)\/([^/]+)/.exec(url.pathname) ?? [];
  const name = kind === "calls" ? "call" : kind === "webhooks" ? "source" : "id";
  const routeKey = `${method} ${value === undefined ? url.pathname : url.pathname.replace(value, `{${name}}`)}`;
  return {
    version: "2.0",
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: { ...headers },
    ...(url.search === "" ? {} : { queryStringParameters: Object.fromEntries(url.searchParams) }),
    ...(value === undefined ? {} : { pathParameters: { [name]: decodeURIComponent(value) } }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
    requestContext: {
      ...(authorizer === undefined ? {} : { authorizer }),
      accountId: "000000000000",
      apiId: "api",
      domainName: "api.test",
      domainPrefix: "api",
      http: { method, path: url.pathname, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request",
      routeKey,
      stage: "$default",
      time: "05/Jan/2026:09:00:00 +0000",
      timeEpoch: 0,
    },
  };
}
