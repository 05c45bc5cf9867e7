import type { Logger } from "@aws-lambda-powertools/logger";
import { formatCursor } from "../../shared/api/cursor.ts";
import { problem, problemResponse, unreadableOperation } from "../../shared/api/problem.ts";
import { routeKey as keyOf } from "../../shared/api/routes.ts";
import { answer, answerText, httpApiHandler } from "../../shared/lambda/http-api.ts";
import type { OperationReader } from "../../shared/ledger/operation-reader.ts";
import { parseListingQuery } from "./query.ts";

/**
 * `GET /v1/operations/{id}`, `GET /v1/operations?status=&user=&waiting=&call=&limit=&cursor=` and `GET /v1/openapi.json`.
 *
 * @param description gives the API's description, as JSON
 */
export function operationsHandler(reader: OperationReader, description: () => string, logger: Logger) {
  return httpApiHandler(logger, async ({ routeKey, pathParameters, queryStringParameters }) => {
    if (routeKey === keyOf("openapi")) return answerText("openapi", description());
    const id = pathParameters?.["id"];
    if (id !== undefined) {
      const operation = await reader.one(id);
      if (operation === "unreadable") return unreadableOperation();
      return operation === undefined
        ? problemResponse(problem("not-found", "There is no operation with this id, or it is no longer kept."))
        : answer("operation", operation);
    }
    const parsed = parseListingQuery(queryStringParameters ?? {});
    if (!parsed.ok) return problemResponse(parsed.problem);
    const { operations, unreadable, cursor } = await reader.list(parsed.query);
    return answer("list", {
      operations,
      ...(unreadable.length === 0 ? {} : { unreadable }),
      ...(cursor === undefined ? {} : { cursor: formatCursor(cursor) }),
    });
  });
}
