import type { Logger } from "@aws-lambda-powertools/logger";
import { errorDetails } from "../http/error-details.ts";

/** Logs what ends a run that has nobody to answer to. Lambda counts the run as failed, and starts the next one. */
export function logError(logger: Logger) {
  return ({ error }: { readonly error?: Error | null | undefined }): void => {
    logger.error("unexpected error", errorDetails(error));
  };
}
