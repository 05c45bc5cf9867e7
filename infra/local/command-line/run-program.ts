import { asksForHelp } from "./command-line.ts";
import { expectFreePorts, onPorts, type WantedPort } from "./taken-ports.ts";

export interface LocalProgram<Flags> {
  /** How people call it, for example `npm start`. */
  readonly command: string;
  readonly help: () => string;
  /** @throws Error whose message is for the user, as does `start` */
  readonly readFlags: (args: readonly string[]) => Flags;
  readonly wantedPorts: (flags: Flags) => readonly WantedPort[];
  /** Said at once, before the seconds that a start takes. */
  readonly starting: string;
  /** @param signal gives the start up */
  readonly start: (flags: Flags, signal: AbortSignal) => Promise<RunningProgram>;
  /** Said where it is stopped before it runs. */
  readonly stoppedEarly: string;
}

export interface RunningProgram {
  /** Said once it runs. The last line begins with `Ready`. */
  readonly introduction: string;
  /** Ends everything. @returns what to say last */
  stop(): Promise<string>;
}

/**
 * Runs a program of this machine until SIGINT or SIGTERM, however often they come: exit code 0. What keeps it from
 * starting is told on stderr: exit code 1.
 */
export async function runProgram<Flags>(program: LocalProgram<Flags>): Promise<void> {
  const ending = new AbortController();
  let starting: Promise<RunningProgram> | undefined;
  let running: RunningProgram | undefined;
  // A start that is given up ends first, so that it writes no file after the process has deleted its own.
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
  // Whoever reads along has gone, and the same Ctrl+C may have been its end.
  process.stdout.on("error", stop);

  const args = process.argv.slice(2);
  try {
    if (asksForHelp(args)) return end(0, process.stdout, program.help().trimEnd());
    const flags = program.readFlags(args);
    const ports = program.wantedPorts(flags);
    await expectFreePorts(ports, program.command);
    console.log(program.starting);
    starting = program.start(flags, ending.signal);
    running = await onPorts(ports, starting);
    if (!ending.signal.aborted) console.log(running.introduction);
  } catch (error) {
    // Whatever has started already goes with the process.
    if (!ending.signal.aborted) end(1, process.stderr, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Says one thing more, and exits instead of letting the event loop run dry: Node.js gives signals back their deadly
 * default while it tears the loop down, and a second one in that moment would end the process with a signal instead of 0.
 */
function end(code: number, stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`, () => process.exit(code));
}
