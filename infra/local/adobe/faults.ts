import type { CommandError, CommandMatch, FaultEffect, FaultTarget, PlannedFault } from "./fault.ts";
import { isObject } from "./field-rules.ts";

/** The effect of all faults on one call. */
export interface FaultEffects {
  /** The effect on the call as a whole. */
  readonly effect?: FaultEffect;
  /** The failures of single commands in it. */
  readonly commandErrors: readonly { readonly command: CommandMatch; readonly error: CommandError }[];
}

/**
 * The requested faults, in order. A call meets each fault that matches, until one affects the call as a whole; later
 * ones do not see it. Several failures of single commands may affect one call.
 */
export class Faults {
  #waiting: { readonly fault: PlannedFault; times: number; after: number }[] = [];

  replace(faults: readonly PlannedFault[]): void {
    this.#waiting = faults.map((fault) => ({ fault, times: fault.times, after: fault.after }));
  }

  /** The remaining faults, in the form in which they were requested. */
  entries(): object[] {
    return this.#waiting.flatMap(({ fault: { entry }, times, after }) =>
      times === 0 ? [] : [{ ...entry, times, ...(entry["after"] === undefined ? {} : { after }) }],
    );
  }

  /** Finds and uses up the faults for a call on `on` with these commands. */
  take(on: FaultTarget, commands: readonly unknown[]): FaultEffects {
    const commandErrors: { command: CommandMatch; error: CommandError }[] = [];
    for (const entry of this.#waiting) {
      const { fault } = entry;
      if (entry.times === 0 || fault.on !== on || !holds(commands, fault.command)) continue;
      if (entry.after > 0) {
        entry.after -= 1;
        continue;
      }
      if (fault.effect.kind !== "command-error") {
        entry.times -= 1;
        return { effect: fault.effect, commandErrors: [] };
      }
      if (fault.command !== undefined && !commandErrors.some(({ command }) => same(command, fault.command))) {
        entry.times -= 1;
        commandErrors.push({ command: fault.command, error: fault.effect });
      }
    }
    return { commandErrors };
  }
}

/** Whether a command is the one that a fault names. */
export function matches(command: unknown, { root, name }: CommandMatch): boolean {
  const found = isObject(command) ? command[root] : undefined;
  return typeof found === "string" && found.toLowerCase() === name.toLowerCase();
}

function holds(commands: readonly unknown[], match: CommandMatch | undefined): boolean {
  return match === undefined || commands.some((command) => matches(command, match));
}

function same(a: CommandMatch, b: CommandMatch | undefined): boolean {
  return a.root === b?.root && a.name.toLowerCase() === b.name.toLowerCase();
}
