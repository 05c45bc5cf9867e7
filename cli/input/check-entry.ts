import { maxOperationBytes } from "../../shared/submit/limits.ts";
import { type CheckedCommand, checkCommand } from "../../shared/umapi/check-command.ts";

/** Checks a command as the service will, so that nothing of a file is handed in before all of it can be. */
export function checkEntry(value: unknown): CheckedCommand {
  const checked = checkCommand(value);
  const bytes = checked.ok ? Buffer.byteLength(JSON.stringify(checked.command)) : 0;
  if (bytes <= maxOperationBytes) return checked;
  const detail = `an operation of ${bytes} bytes; expected at most ${maxOperationBytes}: divide its steps among several`;
  return { ok: false, faults: [{ pointer: "", detail }] };
}
