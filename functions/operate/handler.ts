import type { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { problem, problemResponse, unreadableOperation } from "../../shared/api/problem.ts";
import { routeKey } from "../../shared/api/routes.ts";
import { callerOf } from "../../shared/lambda/caller.ts";
import { answer, describedBody, httpApiHandler } from "../../shared/lambda/http-api.ts";
import type { OperationReader } from "../../shared/ledger/operation-reader.ts";
import type { Canceled, Canceler } from "../../shared/operate/canceler.ts";
import type { Eraser } from "../../shared/operate/eraser.ts";
import { formatErasureCursor, parseErasure } from "../../shared/operate/erasure-request.ts";
import type { LaneControl } from "../../shared/operate/lane-control.ts";
import type { LaneReader } from "../../shared/operate/lane-reader.ts";
import type { RemovalControl } from "../../shared/operate/removal-control.ts";
import { parseRemovals } from "../../shared/operate/removals-request.ts";

export interface OperateServices {
  readonly canceler: Canceler;
  readonly reader: OperationReader;
  readonly laneControl: LaneControl;
  readonly laneReader: LaneReader;
  readonly eraser: Eraser;
  readonly removalControl: RemovalControl;
}

/** The routes with which an operator acts by hand: `POST /v1/operations/{id}/cancel` and the other routes below. */
export function operateHandler(services: OperateServices, logger: Logger) {
  const { laneControl, laneReader, removalControl } = services;
  return httpApiHandler(logger, async (event) => {
    const { routeKey: asked, pathParameters = {}, queryStringParameters = {} } = event;
    if (Object.keys(queryStringParameters).length > 0)
      return problemResponse(problem("malformed", "This takes no query parameters."));
    const caller = callerOf(event);
    switch (asked) {
      case routeKey("cancel"):
        return await cancel(services, pathParameters["id"] ?? "", caller);
      case routeKey("cancelCall"):
        return await cancelCall(services, pathParameters["call"] ?? "", caller);
      case routeKey("erase"):
        return await erase(services, event);
      case routeKey("pause"):
        await laneControl.pause(caller);
        return answer("pause", await laneReader.read());
      case routeKey("resume"):
        await laneControl.resume();
        return answer("resume", await laneReader.read());
      case routeKey("removals"):
        return answer("removals", await removalControl.show());
      case routeKey("releaseRemovals"):
        return await decide("releaseRemovals", "released", services, event);
      case routeKey("cancelRemovals"):
        return await decide("cancelRemovals", "canceled", services, event);
      default:
        return answer("lane", await laneReader.read());
    }
  });
}

async function cancel({ canceler, reader }: OperateServices, id: string, caller: string | undefined) {
  const canceled = await canceler.cancel(id, caller);
  switch (canceled?.kind) {
    case undefined:
      return noOperation();
    case "unreadable":
      return unreadableOperation();
    case "canceled": {
      const operation = await reader.one(id);
      if (operation === "unreadable") return unreadableOperation();
      return operation === undefined ? noOperation() : answer("cancel", operation);
    }
    case "final":
      return problemResponse(problem("ended", `The operation has ended before: it is ${canceled.row.status}.`));
    case "in-flight": {
      const detail =
        "The operation is being sent, or Adobe may still apply what was sent of it. Ask again in three minutes.";
      return problemResponse(problem("in-flight", detail), { "retry-after": "180" });
    }
  }
}

const noOperation = () =>
  problemResponse(problem("not-found", "There is no operation with this id, or it is no longer kept."));

async function cancelCall({ canceler }: OperateServices, call: string, caller: string | undefined) {
  const found = /^[0-9a-f]{32}$/.test(call) ? await canceler.cancelCall(call, caller) : undefined;
  if (found === undefined)
    return problemResponse(problem("not-found", "There is no call with this name, or it is no longer kept."));
  const ids = (wanted: (kind: Canceled["kind"]) => boolean) =>
    [...found].flatMap(([id, { kind }]) => (wanted(kind) ? [id] : []));
  return answer("cancelCall", {
    canceled: ids((kind) => kind === "canceled"),
    notCanceled: ids((kind) => kind !== "canceled"),
  });
}

async function erase({ eraser }: OperateServices, event: APIGatewayProxyEventV2) {
  const request = parseErasure(describedBody(event));
  if (!request.ok) return problemResponse(request.problem);
  const { erased, unfinished, unreadable, cursor } = await eraser.erase(request.user, request.from);
  if (unfinished.length > 0) {
    const detail =
      "Operations or deliveries of webhooks that name this person have not ended. Cancel operations, or wait until all have ended, then ask again.";
    return problemResponse(problem("unfinished", detail, { unfinished }));
  }
  return answer("erase", {
    erased,
    ...(unreadable.length === 0 ? {} : { unreadable }),
    ...(cursor === undefined ? {} : { cursor: formatErasureCursor(cursor) }),
  });
}

async function decide(
  route: "releaseRemovals" | "cancelRemovals",
  kind: "released" | "canceled",
  { removalControl }: OperateServices,
  event: APIGatewayProxyEventV2,
) {
  const request = parseRemovals(describedBody(event));
  if (!request.ok) return problemResponse(request.problem);
  const operations = await removalControl.decide(kind, request.hash, callerOf(event));
  if (operations !== undefined) return answer(route, { operations });
  const detail =
    "The hash names no set of held removals that waits for this. Look at them (GET /v1/removals), and decide about what is shown.";
  return problemResponse(problem("another-set", detail));
}
