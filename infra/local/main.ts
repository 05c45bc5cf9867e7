/**
 * `npm start`: the synthesized stack on this machine, with an Adobe sandbox. Slow modules are loaded after the first
 * line is printed.
 */
import { runProgram } from "./command-line/run-program.ts";
import { flagsHelp, readFlags } from "./flags.ts";
import { wantedPorts } from "./ports.ts";

await runProgram({
  command: "npm start",
  help: flagsHelp,
  readFlags,
  wantedPorts,
  starting: "Starting the stack and a sandbox of Adobe on this machine. This takes a few seconds.",
  async start(flags, signal) {
    const { start } = await import("./start.ts");
    return await start({ flags, environment: process.env, print: console.log, signal });
  },
  stoppedEarly: "Stopped while starting. Nothing was queued.",
});
