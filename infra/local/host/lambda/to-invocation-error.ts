import { isNativeError } from "node:util/types";
import type { InvocationError } from "./messages.ts";

/** What Lambda makes of something thrown. */
export function toInvocationError(thrown: unknown): InvocationError {
  // An error that has crossed from a thread is an Error, but no native one; one from a vm context is the reverse.
  if (isNativeError(thrown) || thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split("\n") ?? [] };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown) };
}
