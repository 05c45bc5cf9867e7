import type { SeenOperation } from "../../client/seen-operation.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import type { Command } from "../../shared/umapi/command.ts";

/** What an operation was to do, as the API tells it of one; undefined if the service does not tell it. */
export function toldCommand({
  user,
  usergroup,
  domain,
  useAdobeID,
  requestID,
  do: steps,
}: SeenOperation): Command | undefined {
  const told = { user, usergroup, domain, useAdobeID, requestID, do: steps };
  const checked = checkCommand(Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)));
  return checked.ok ? checked.command : undefined;
}
