import { errorSite } from "../language/error-site.ts";
import { networkDetails } from "./network-fault.ts";

/** What a log may say of any error: its name, where it was thrown, and what the network did. Never its message. */
export function errorDetails(error: unknown) {
  return { ...errorSite(error), ...networkDetails(error) };
}
