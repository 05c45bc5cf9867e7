import { partNotBefore } from "../../shared/submit/not-before.ts";
import { sizeFaults } from "../../shared/submit/operation-size.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import type { Command } from "../../shared/umapi/command.ts";
import type { Fault } from "../../shared/umapi/fault.ts";

export type CheckedEntry =
  | { readonly ok: true; readonly command: Command; readonly notBefore?: string }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks an operation as the service will, so that nothing of a file is handed in before all of it can be. */
export function checkEntry(value: unknown): CheckedEntry {
  const { command, notBefore, faults: own } = partNotBefore(value, "", Date.now());
  const checked = checkCommand(command);
  if (!checked.ok) return { ok: false, faults: [...own, ...checked.faults] };
  const faults = sizeFaults(checked.command, "").map(({ pointer, detail }) => ({
    pointer,
    detail: `${detail}: divide its steps among several`,
  }));
  if (own.length + faults.length > 0) return { ok: false, faults: [...own, ...faults] };
  const due = notBefore === undefined ? {} : { notBefore: new Date(notBefore).toISOString() };
  return { ok: true, command: checked.command, ...due };
}
