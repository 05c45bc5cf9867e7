import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Surroundings } from "./surroundings.ts";

type Terminal = Pick<Surroundings, "stdin" | "stderr">;

/** Whether somebody is there to answer. */
export function canAsk({ stdin, stderr }: Terminal): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks a question, and waits for the answer. Only `y` or `yes` confirms; the end of the input does not. */
export async function isConfirmed(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  // With `terminal: true`, readline would take Ctrl-C for itself.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `), once(lines, "close").then(() => "")]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
