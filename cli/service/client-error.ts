import { type ClientError, isClientError } from "../../client/errors.ts";
import { withFault } from "../../shared/http/network-fault.ts";
import { UrlError } from "../../shared/http/service-url.ts";
import { CommandError } from "../errors.ts";
import { SetupError } from "../local-stack.ts";
import { localApiUrl } from "../operations/local-api-url.ts";

/** What a failure means to the user; undefined for what should not have happened. */
export function commandErrorOf(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof UrlError || error instanceof SetupError)
    return new CommandError(error.message, { cause: error });
  return isClientError(error) ? new CommandError(textOf(error), { cause: error }) : undefined;
}

function textOf(error: ClientError): string {
  const { message } = error;
  switch (error.code) {
    case "unexpected-answer":
      return `${message} Check --url.`;
    case "refused":
    case "failing":
      return error.problem === undefined ? `${message} Check --url.` : message;
    case "unreachable": {
      const { url, fault } = error;
      const advice =
        url === localApiUrl
          ? "Start the local stack (npm start or umapi local), or name a deployed service with --url."
          : undefined;
      if (fault === undefined) return `${message} ${advice ?? "Check --url."}`;
      return withFault(`${url} cannot be reached`, { ...fault, advice: advice ?? fault.advice });
    }
    default:
      return message;
  }
}
