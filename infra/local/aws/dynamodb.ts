import type { IncomingMessage, ServerResponse } from "node:http";
import dynalite from "dynalite";

/** DynamoDB on a server of a library. */
export interface DynamoDb {
  /** What `X-Amz-Target` starts with for this service. */
  readonly targetPrefix: "DynamoDB_";
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * `dynalite`, in memory. Its tables are active as soon as they are created. It has no transactions, no deletion by TTL
 * and no `ReturnValuesOnConditionCheckFailure`.
 */
export function createDynamoDb(): DynamoDb {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    targetPrefix: "DynamoDB_",
    handle(request, response) {
      server.emit("request", request, response);
      // dynalite throws the error of a broken connection, which would end the process.
      request.removeAllListeners("error");
      request.on("error", () => response.destroy());
    },
  };
}
