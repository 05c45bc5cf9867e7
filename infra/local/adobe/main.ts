/** `npm run adobe`: the Adobe sandbox alone. Slow modules are loaded after the first line is printed. */
import { runProgram } from "../command-line/run-program.ts";
import { adobeFlagsHelp, readAdobeFlags } from "./flags.ts";

await runProgram({
  command: "npm run adobe",
  help: adobeFlagsHelp,
  readFlags: readAdobeFlags,
  wantedPorts: ({ port }) => [{ flag: "--port", port }],
  starting: "Starting a sandbox of Adobe.",
  async start(flags) {
    const { startAlone } = await import("./start.ts");
    return await startAlone(flags, console.log);
  },
  stoppedEarly: "Stopped while starting.",
});
