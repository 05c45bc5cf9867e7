import { errorSite } from "../language/error-site.ts";
import { networkDetails } from "./network-fault.ts";

/**
 * What a log may say about any error: its name, where it was thrown, and what failed in the network. Never its message.
 */
export function errorDetails(error: unknown) {
  return { ...errorSite(error), ...networkDetails(error) };
}
