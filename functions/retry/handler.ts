import type { Logger } from "@aws-lambda-powertools/logger";
import { problem, problemResponse, unreadableOperation } from "../../shared/api/problem.ts";
import { httpApiHandler, json } from "../../shared/lambda/http-api.ts";
import type { Retried, Retrier } from "../../shared/retry/retrier.ts";

/** `POST /v1/operations/{id}/retry[?confirm=true]` */
export function retryHandler(retrier: Retrier, logger: Logger) {
  return httpApiHandler(logger, async ({ pathParameters, queryStringParameters = {} }) => {
    const { confirm, ...unknown } = queryStringParameters;
    if (Object.keys(unknown).length > 0 || ![undefined, "true", "false"].includes(confirm))
      return problemResponse(problem("malformed", "The only query parameter is confirm, which is true or false."));
    return answer(await retrier.retry(pathParameters?.["id"] ?? "", confirm === "true"));
  });
}

function answer(retried: Retried) {
  switch (retried.kind) {
    case "queued":
      return json(202, { id: retried.id, status: "queued" });
    case "not-found":
      return problemResponse(problem("not-found", "There is no operation with this id, or it is no longer kept."));
    case "unreadable":
      return unreadableOperation();
    case "not-failed":
      return problemResponse(problem("not-failed", "Only an operation that has failed can be retried."));
    case "overtaken": {
      const detail =
        "Newer work on the same user or group has succeeded, or waits. To retry all the same, add ?confirm=true.";
      return problemResponse(problem("overtaken", detail));
    }
    case "not-queued":
      return problemResponse(problem("not-all-queued", "The queue did not take the operation. Try it again."));
  }
}
