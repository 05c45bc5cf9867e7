import { confirm } from "../ask.ts";
import { CommandError } from "../errors.ts";
import type { Input } from "../input/input.ts";
import { removalsText } from "../input/removals.ts";
import { printLine } from "../output/print.ts";
import { counted, grouped } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";

/** The most faults that are listed. */
const mostFaults = 50;

/**
 * Tells what is wrong with a file.
 *
 * @param name of the file, as messages call it
 * @throws CommandError if there is nothing to submit, or if there are faults and they may not be skipped
 */
export async function refuseFaults(
  { entries, faults, warnings }: Input,
  name: string,
  skipBad: boolean,
  { stderr }: Surroundings,
): Promise<void> {
  for (const warning of warnings) await printLine(stderr, warning);
  const lines = faults.map(({ at, detail }) => `${name}, ${at}: ${detail}`);
  const [only, ...others] = lines;
  const mend = (what: string) =>
    `Nothing was submitted: mend ${what}${entries.length === 0 ? "" : `, or leave ${what} out with --skip-bad`}.`;
  if (only !== undefined && !skipBad && others.length === 0) throw new CommandError(`${only}. ${mend("it")}`);
  for (const line of lines.slice(0, mostFaults)) await printLine(stderr, line);
  if (lines.length > mostFaults) await printLine(stderr, `… and ${grouped(lines.length - mostFaults)} more`);
  if (lines.length > 0 && !skipBad)
    throw new CommandError(`${counted(lines.length, "fault")} in ${name}. ${mend("them")}`);
  if (entries.length === 0) throw new CommandError(`There is nothing to submit in ${name}.`);
}

/**
 * Shows how many people a file would take something from, and asks for confirmation.
 *
 * @param isSaid whether `--yes` was given, so that nobody is asked
 * @throws CommandError if the answer is no, or if nobody is there to ask
 */
export async function confirmRemovals(
  input: Input,
  name: string,
  isSaid: boolean,
  surroundings: Surroundings,
): Promise<void> {
  const removals = removalsText(input);
  if (removals === undefined) return;
  await printLine(surroundings.stderr, `${name} ${removals}`);
  if (isSaid) return;
  await confirm({ verb: "submit", done: "submitted" }, async () => "Submit it?", surroundings);
}
