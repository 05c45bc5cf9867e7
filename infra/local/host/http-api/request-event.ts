import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { accountId } from "../stack.ts";
import { decodePath } from "./routes.ts";

export interface HttpRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly httpVersion: string;
  /** Names and values alternating, as sent. */
  readonly rawHeaders: readonly string[];
  readonly sourceIp: string;
  readonly body: Buffer;
}

export interface RequestCircumstances {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly apiId: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly timeEpoch: number;
}

/** The event that API Gateway's HTTP APIs pass to a Lambda function, payload format 2.0. Empty parts are left out. */
export function requestEvent(request: HttpRequest, circumstances: RequestCircumstances): APIGatewayProxyEventV2 {
  const { routeKey, pathParameters, stage, apiId, requestId, timeEpoch } = circumstances;
  const [rawPath = "", ...query] = request.target.split("?");
  const rawQueryString = query.join("?");
  const { cookie, ...headers } = joinHeaders(request.rawHeaders);
  // API Gateway passes the path on decoded, even as `rawPath`; only the query stays as it was sent.
  const path = decodePath(rawPath);
  const domainName = headers["host"] ?? "";
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(rawQueryString !== "" && { queryStringParameters: joinParameters(rawQueryString) }),
    requestContext: {
      accountId,
      apiId,
      domainName,
      domainPrefix: domainName.split(/[.:]/)[0] ?? "",
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage,
      time: commonLogTime(timeEpoch),
      timeEpoch,
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters: { ...pathParameters } }),
    ...encodeBody(request.body, headers["content-type"]),
  };
}

/** Names in lower case, values of a repeated header joined by commas, as format 2.0 has them; cookies by semicolons. */
function joinHeaders(rawHeaders: readonly string[]): Record<string, string | undefined> & { cookie?: string } {
  const joined: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? "";
    const value = rawHeaders[index + 1] ?? "";
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ","}${value}`;
  }
  return joined;
}

function joinParameters(rawQueryString: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
}

/**
 * As measured on API Gateway: bodies of these types are passed as text. All others are in base64, including forms,
 * bodies without a type, and text in another charset than UTF-8.
 */
const textTypes = /^(text\/[^;]+|application\/(json|xml|javascript))\s*(;|$)/i;
const otherCharset = /;\s*charset=(?!"?utf-8"?\s*(;|$))/i;

function encodeBody(body: Buffer, contentType = "") {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = textTypes.test(contentType.trim()) && !otherCharset.test(contentType);
  // Bytes of a text that are not UTF-8 become U+FFFD, even if the type names no charset.
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

/** For example `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(timeEpoch: number): string {
  // For example "Thu, 12 Mar 2020 19:03:58 GMT"
  const [, day, month, year, time] = new Date(timeEpoch).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
