import { isNativeError } from "node:util/types";
import type { InvocationError } from "./messages.ts";

/** The error that Lambda reports for a thrown value. */
export function toInvocationError(thrown: unknown): InvocationError {
  // An error that comes from a thread is an instance of Error, but not a native error. With an error from a vm context
  // it is the reverse.
  if (isNativeError(thrown) || thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split("\n") ?? [] };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown) };
}
