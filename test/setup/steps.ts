import type { Machine } from "./machine.ts";

/** What was tried, in order; the last one failed if it has trouble. */
export interface Finding {
  readonly step: string;
  readonly seconds: number;
  /** What it wrote, if it failed. */
  readonly trouble?: string;
}

/** A command of somebody's, or what else is done. */
export interface Step {
  readonly name: string;
  /** @returns what went wrong, undefined if nothing */
  readonly run: () => Promise<string | undefined>;
}

/** A command that has to succeed. */
export function commandStep(machine: Machine, folder: string, name: string, ...command: readonly string[]): Step {
  return {
    name,
    async run() {
      const [program = "", ...args] = command;
      const { code, output } = await machine.run(program, args, { folder });
      return code === 0 ? undefined : output;
    },
  };
}

/** What is done to files. */
export function editStep(name: string, edit: () => void): Step {
  return { name, run: async () => void edit() };
}

/** Takes steps one after the other, up to the first that fails. */
export async function takeSteps(steps: readonly Step[], onFinding: (finding: Finding) => void): Promise<void> {
  for (const { name: step, run } of steps) {
    const startedMs = performance.now();
    const trouble = await run();
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    onFinding({ step, seconds, ...(trouble === undefined ? {} : { trouble }) });
    if (trouble !== undefined) return;
  }
}
