import type { Logger } from "@aws-lambda-powertools/logger";
import { errorDetails } from "../http/error-details.ts";

/** Logs an exception that ends a run without a caller. Lambda counts the run as failed, and starts the next one. */
export function logError(logger: Logger) {
  return ({ error }: { readonly error?: Error | null | undefined }): void => {
    logger.error("unexpected error", errorDetails(error));
  };
}
