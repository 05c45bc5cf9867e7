/** `umapi`, see `umapi --help`. */
import { randomUUID } from "node:crypto";
import { CommanderError } from "@commander-js/extra-typings";
import { ReadError } from "../shared/reads/read-error.ts";
import { systemClock } from "../shared/time/system-clock.ts";
import { CommandError, Unsuccessful } from "./errors.ts";
import { umapi } from "./program.ts";
import { goThroughProxies } from "./proxies.ts";
import type { Ending } from "./surroundings.ts";

let ending: Ending = () => "";
let isFinishing = false;
let isEnding = false;

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (typeof ending === "function") end(1, `Stopped. ${ending()}`.trimEnd());
    else void finish(ending);
  });
process.stdout.on("error", (error) => {
  const left = typeof ending === "function" ? ending() : "";
  // A reader such as `head` has had enough. If something has been submitted, the user must still be told.
  if ("code" in error && error.code === "EPIPE" && left === "") process.exit(0);
  end(1, `The output cannot be written. ${left}`.trimEnd());
});

try {
  const warning = await goThroughProxies(process.env);
  if (warning !== undefined) process.stderr.write(`umapi: warning: ${warning}\n`);
  const program = umapi({
    environment: process.env,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    fetch,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    ifStopped: (told) => {
      ending = told;
    },
  });
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) end(error.exitCode);
  else if (error instanceof Unsuccessful) end(1);
  else if (error instanceof CommandError || error instanceof ReadError) end(1, error.message);
  else end(1, `This should not have happened: ${error instanceof Error ? error.name : typeof error}.`);
}

/** Ends the program as it was asked for. A second Ctrl+C changes nothing. */
async function finish({ last }: Exclude<Ending, () => string>): Promise<void> {
  if (isFinishing) return;
  isFinishing = true;
  const line = await last?.().catch(() => "Stopped.");
  if (line !== undefined) process.stdout.write(`${line}\n`);
  end(0);
}

/** Ends the program once its output is written; at once if it is called a second time. */
function end(code: number, line?: string): void {
  if (isEnding) process.exit(code);
  isEnding = true;
  if (line !== undefined) process.stderr.write(`umapi: ${line}\n`);
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}
