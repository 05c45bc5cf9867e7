import { asksForHelp } from "./command-line.ts";
import { expectFreePorts, onPorts, type WantedPort } from "./taken-ports.ts";

export interface LocalProgram<Flags> {
  /** How people call it, for example `npm start`. */
  readonly command: string;
  readonly help: () => string;
  /** @throws Error whose message is for the user, as does `start` */
  readonly readFlags: (args: readonly string[]) => Flags;
  readonly wantedPorts: (flags: Flags) => readonly WantedPort[];
  /** Printed at once, because a start takes seconds. */
  readonly starting: string;
  /** @param signal aborts the start */
  readonly start: (flags: Flags, signal: AbortSignal) => Promise<RunningProgram>;
  /** Printed if it is stopped before it runs. */
  readonly stoppedEarly: string;
}

export interface RunningProgram {
  /** Printed once it runs. The last line begins with `Ready`. */
  readonly introduction: string;
  /** Ends everything. @returns the last line to print */
  stop(): Promise<string>;
}

/**
 * Runs a program on this machine until SIGINT or SIGTERM, however often they come; then the exit code is 0. If it
 * cannot start, the reason is on stderr and the exit code is 1.
 */
export async function runProgram<Flags>(program: LocalProgram<Flags>): Promise<void> {
  const ending = new AbortController();
  let starting: Promise<RunningProgram> | undefined;
  let running: RunningProgram | undefined;
  // An aborted start ends first, so that it does not write a file after the process has deleted its own.
  const stopEarly = async () => {
    await starting?.catch(() => undefined);
    return program.stoppedEarly;
  };
  const stop = () => {
    if (ending.signal.aborted) return;
    ending.abort();
    const ended = running?.stop() ?? stopEarly();
    void ended.catch(() => "Stopped.").then((line) => end(0, process.stdout, line));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // The reader of the output has gone; the same Ctrl+C may have ended it.
  process.stdout.on("error", stop);

  const args = process.argv.slice(2);
  try {
    if (asksForHelp(args)) return end(0, process.stdout, program.help().trimEnd());
    const flags = program.readFlags(args);
    const ports = program.wantedPorts(flags);
    await expectFreePorts(ports, `${program.command} --`);
    console.log(program.starting);
    starting = program.start(flags, ending.signal);
    running = await onPorts(ports, starting);
    if (!ending.signal.aborted) console.log(running.introduction);
  } catch (error) {
    // Everything that has started already ends with the process.
    if (!ending.signal.aborted) end(1, process.stderr, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Prints a last line and exits. If the event loop ran dry instead, Node.js would restore the default effect of signals
 * while it ends, and a second signal at that moment would kill the process, so that the exit code would not be 0.
 */
function end(code: number, stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`, () => process.exit(code));
}
