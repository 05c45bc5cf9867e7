import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { CommandError } from "./errors.ts";
import type { Surroundings } from "./surroundings.ts";

type Terminal = Pick<Surroundings, "stdin" | "stderr">;

/** What a command does, as a verb: `release`, and `released`. */
interface Act {
  readonly verb: string;
  readonly done: string;
}

/**
 * Asks for confirmation of what a command is about to do.
 *
 * @param question made once it is known that somebody is there to answer it
 * @throws CommandError if the answer is no, or if nobody is there to ask
 */
export async function confirm(
  { verb, done }: Act,
  question: () => Promise<string>,
  surroundings: Surroundings,
): Promise<void> {
  const nothing = `Nothing was ${done}`;
  if (!canAsk(surroundings))
    throw new CommandError(
      `${nothing}, because there is no terminal to ask on. To ${verb} it all the same, add --yes.`,
    );
  const asked = await question();
  surroundings.ifStopped(() => `${nothing}.`);
  if (!(await isConfirmed(asked, surroundings))) throw new CommandError(`${nothing}.`);
}

/** Whether somebody is there to answer. */
function canAsk({ stdin, stderr }: Terminal): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks a question, and waits for the answer. Only `y` or `yes` confirms; the end of the input does not. */
async function isConfirmed(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  // With `terminal: true`, readline would take Ctrl-C for itself.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `), once(lines, "close").then(() => "")]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
