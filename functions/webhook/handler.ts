import type { Logger } from "@aws-lambda-powertools/logger";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import { problem, problemResponse } from "../../shared/api/problem.ts";
import type { Received, Receiver } from "../../shared/deliveries/receiver.ts";
import { httpApiHandler } from "../../shared/lambda/http-api.ts";
import { publishMetrics } from "../../shared/lambda/publish-metrics.ts";
import { contentCoding } from "../../shared/submit/content-coding.ts";

/** What is stored of a webhook must fit into a row. */
const maxBodyBytes = 256 * 1024;

/**
 * `POST /v1/webhooks/{source}`. Size and encoding are judged before anything else is looked at. After that every refusal is
 * the same answer, whatever its reason.
 */
export function webhookHandler(receiver: Receiver, logger: Logger, metrics: Metrics) {
  return httpApiHandler(logger, async ({ pathParameters, headers, body = "", isBase64Encoded, requestContext }) => {
    const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
    if (bytes.length > maxBodyBytes)
      return problemResponse(problem("too-large", `A webhook may have ${maxBodyBytes} bytes.`));
    if (contentCoding(headers["content-encoding"], { body, isBase64Encoded }) !== undefined)
      return problemResponse(problem("unsupported-media-type", "A webhook must not be compressed."));
    const { method } = requestContext.http;
    return told(await receiver.receive(pathParameters?.["source"] ?? "", { method, headers, body: bytes }));
  }).use(publishMetrics(metrics));
}

function told(received: Received) {
  switch (received) {
    case "stored":
      return plain(202, {});
    case "greeted":
      // HiBob takes no other status for an answer to its greeting.
      return plain(200, {});
    case "refused":
      return plain(401, { message: "Unauthorized" });
    case "unavailable":
      return plain(503, { message: "Service Unavailable" }, { "retry-after": "60" });
  }
}

const plain = (statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}) => ({
  statusCode,
  headers: { ...headers, "content-type": "application/json" },
  body: JSON.stringify(body),
});
