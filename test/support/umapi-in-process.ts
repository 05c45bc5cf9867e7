import { Readable, Writable } from "node:stream";
import { umapi } from "../../cli/program.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import { SimulatedClock } from "./simulated-clock.ts";

/** A stream that keeps what is written to it. @param terminal what it tells of itself if it is one */
export function kept(terminal?: {
  readonly isTTY: true;
  readonly columns: number;
  readonly rows: number;
}): Writable & { text: string } {
  const stream = Object.assign(
    new Writable({
      write(chunk, _, done) {
        stream.text += String(chunk);
        done();
      },
    }),
    { text: "" },
    terminal,
  );
  return stream;
}

/** Surroundings in which nothing is, but for what a test puts there. */
export function surroundings(given: Partial<Surroundings>): Surroundings {
  return {
    environment: {},
    clock: new SimulatedClock(),
    random: () => 0.5,
    newId: () => "00000000-0000-4000-8000-000000000000",
    fetch: () => Promise.reject(new TypeError("fetch failed")),
    stdin: Readable.from([]),
    stdout: kept(),
    stderr: kept(),
    ifStopped: () => undefined,
    ...given,
  };
}

/** `umapi <args>` in this process. @returns what it throws at the end, if it does, and what it has written */
export async function runInProcess(args: readonly string[], given: Partial<Surroundings> = {}) {
  const [stdout, stderr] = [kept(), kept()];
  const error: unknown = await umapi(surroundings({ stdout, stderr, ...given }))
    .parseAsync(args, { from: "user" })
    .then(
      () => undefined,
      (reason) => reason,
    );
  return { error, stdout: stdout.text, stderr: stderr.text };
}
