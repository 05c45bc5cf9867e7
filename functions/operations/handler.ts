import type { Logger } from "@aws-lambda-powertools/logger";
import { problem, problemResponse, unreadableOperation } from "../../shared/api/problem.ts";
import { answer, httpApiHandler } from "../../shared/lambda/http-api.ts";
import type { OperationReader } from "../../shared/ledger/operation-reader.ts";
import { formatCursor, parseListingQuery } from "./query.ts";

/** `GET /v1/operations/{id}` and `GET /v1/operations?status=&user=&waiting=&call=&limit=&cursor=` */
export function operationsHandler(reader: OperationReader, logger: Logger) {
  return httpApiHandler(logger, async ({ pathParameters, queryStringParameters }) => {
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
