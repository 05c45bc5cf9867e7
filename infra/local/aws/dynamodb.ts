/// <reference path="./dynalite.d.ts" />
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type dynalite from "dynalite";
import { SetupError } from "../host/setup-error.ts";

/** DynamoDB on a server of a library. */
export interface DynamoDb {
  /** What `X-Amz-Target` starts with for this service. */
  readonly targetPrefix: "DynamoDB_";
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * `dynalite`, in memory. Its tables are active as soon as they are created. It has no transactions, no deletion by TTL
 * and no `ReturnValuesOnConditionCheckFailure`.
 *
 * @throws {SetupError} if it is not installed
 */
export function createDynamoDb(): DynamoDb {
  const server = loadDynalite()({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
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

/** The package does not bring it along: only who runs a stack on this machine needs it. */
function loadDynalite(): typeof dynalite {
  try {
    return createRequire(import.meta.filename)("dynalite");
  } catch (cause) {
    throw new SetupError(
      "The tables of the stack are kept in dynalite, which is not installed here. Run: npm install --save-dev dynalite",
      { cause },
    );
  }
}
