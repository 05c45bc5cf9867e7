import type { IncomingMessage, ServerResponse } from "node:http";
import { asksForIndex } from "../../http/server-index.ts";
import type { InvocationResult } from "../lambda/lambda-function.ts";
import type { Surroundings } from "../surroundings.ts";
import { apiIndex } from "./api-index.ts";
import type { Api, Integration } from "./read-api.ts";
import { referenceResponse } from "./reference.ts";
import { requestEvent } from "./request-event.ts";
import { gatewayResponse, type HttpResponse, jsonResponse, translateResponse } from "./response.ts";
import { findRoute } from "./routes.ts";

/** AWS: the largest payload of an HTTP API. */
const maxBodyBytes = 10 * 1024 * 1024;

/**
 * Answers HTTP requests as API Gateway would in front of the functions. Authorizers and throttling are not enforced.
 * `GET /` is an index, and `/_local/reference` shows the API's description, unless the template has such a route.
 */
export function apiListener(api: Api, surroundings: Surroundings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = surroundings.newId();
    try {
      send(response, requestId, await answer(api, request, requestId, surroundings));
    } catch {
      // The caller went away while its request was read.
      response.destroy();
    }
  };
}

async function answer(
  api: Api,
  request: IncomingMessage,
  requestId: string,
  surroundings: Surroundings,
): Promise<HttpResponse> {
  const body = await readBody(request);
  if (!body) return gatewayResponse(413, "Request Entity Too Large");
  const { method = "GET", url = "/", httpVersion, rawHeaders, socket } = request;
  const place = findStage(api.stages, url);
  const match = place && findRoute(api.routes, method, place.path);
  if (!match) return localResponse(api, method, url) ?? gatewayResponse(404, "Not Found");
  const event = requestEvent(
    { method, target: url, httpVersion, rawHeaders, sourceIp: socket.remoteAddress ?? "", body },
    { ...match, stage: place.stage, apiId: api.apiId, requestId, timeEpoch: surroundings.clock.now() },
  );
  return toResponse(await invoke(match.target, event, surroundings));
}

/** What only this machine answers. */
function localResponse(api: Api, method: string, url: string): HttpResponse | undefined {
  if (asksForIndex(method, url)) return jsonResponse(200, apiIndex(api));
  return method === "GET" ? referenceResponse(api, url) : undefined;
}

/** The stage that a path is in, and the path within it. */
function findStage(stages: readonly string[], url: string): { stage: string; path: string } | undefined {
  const [path = "/"] = url.split("?");
  const first = path.split("/")[1] ?? "";
  if (stages.includes(first)) return { stage: first, path: path.slice(first.length + 1) || "/" };
  return stages.includes("$default") ? { stage: "$default", path } : undefined;
}

/**
 * The whole body, or undefined if it is too large. It is read to its end all the same, because otherwise the caller
 * would see no answer.
 */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks) : undefined;
}

async function invoke(
  { function: target, timeoutMs }: Integration,
  event: unknown,
  { clock }: Surroundings,
): Promise<InvocationResult | "timed out"> {
  const answered = new AbortController();
  const result = target.invoke(event);
  const timeout = clock.sleep(timeoutMs, answered.signal).then(
    () => "timed out" as const,
    () => result,
  );
  try {
    return await Promise.race([result, timeout]);
  } finally {
    answered.abort();
  }
}

/** AWS: HTTP APIs answer 503 where REST APIs answer 504 (timeout) and 429 (throttled function). */
function toResponse(result: InvocationResult | "timed out"): HttpResponse {
  if (result === "timed out" || result.outcome === "throttled") return gatewayResponse(503, "Service Unavailable");
  const translated = result.outcome === "returned" ? translateResponse(result.value) : undefined;
  return translated ?? gatewayResponse(500, "Internal Server Error");
}

function send(response: ServerResponse, requestId: string, { status, headers, cookies, body }: HttpResponse): void {
  response.writeHead(status, {
    ...headers,
    "apigw-requestid": requestId,
    ...(cookies.length > 0 && { "set-cookie": [...cookies] }),
  });
  response.end(body);
}
