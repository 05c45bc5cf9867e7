import type { Logger } from "@aws-lambda-powertools/logger";
import { problem, problemResponse, unreadableOperation } from "../../shared/api/problem.ts";
import { retryQuerySchema } from "../../shared/api/queries.ts";
import { answer, httpApiHandler } from "../../shared/lambda/http-api.ts";
import type { Retried, Retrier } from "../../shared/retry/retrier.ts";

/** `POST /v1/operations/{id}/retry[?confirm=true]` */
export function retryHandler(retrier: Retrier, logger: Logger) {
  return httpApiHandler(logger, async ({ pathParameters, queryStringParameters = {} }) => {
    const query = retryQuerySchema.safeParse(queryStringParameters);
    if (!query.success)
      return problemResponse(problem("malformed", "The only query parameter is confirm, which is true or false."));
    return told(await retrier.retry(pathParameters?.["id"] ?? "", query.data.confirm === "true"));
  });
}

function told(retried: Retried) {
  switch (retried.kind) {
    case "queued":
      return answer("retry", { id: retried.id, status: "queued" });
    case "not-found":
      return problemResponse(problem("not-found", "There is no operation with this id, or it is no longer kept."));
    case "unreadable":
      return unreadableOperation();
    case "not-failed":
      return problemResponse(problem("not-failed", notFailed(retried.supersededBy)));
    case "not-allowed": {
      const detail =
        "The operation would destroy an account, which this stack does not allow. Hand it in anew without deleteAccount, or let the stack be deployed with allowAccountDeletion.";
      return problemResponse(problem("against-the-rules", detail));
    }
    case "overtaken": {
      const detail =
        "Newer work on the same user or group has succeeded, or waits. To retry all the same, add ?confirm=true.";
      return problemResponse(problem("overtaken", detail));
    }
    case "not-queued":
      return problemResponse(problem("not-all-queued", "The queue did not take the operation. Try it again."));
  }
}

function notFailed(supersededBy: string | undefined): string {
  if (supersededBy === undefined) return "Only an operation that has failed can be retried.";
  return `The operation has not failed: ${supersededBy} removed the person first. To do it all the same, submit it again.`;
}
