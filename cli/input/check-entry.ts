import { sizeFaults } from "../../shared/submit/operation-size.ts";
import { type CheckedCommand, checkCommand } from "../../shared/umapi/check-command.ts";

/** Checks a command as the service will, so that nothing of a file is handed in before all of it can be. */
export function checkEntry(value: unknown): CheckedCommand {
  const checked = checkCommand(value);
  if (!checked.ok) return checked;
  const faults = sizeFaults(checked.command, "").map(({ pointer, detail }) => ({
    pointer,
    detail: `${detail}: divide its steps among several`,
  }));
  return faults.length === 0 ? checked : { ok: false, faults };
}
