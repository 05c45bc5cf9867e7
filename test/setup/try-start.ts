import { setTimeout as sleep } from "node:timers/promises";
import type { Machine } from "./machine.ts";

/** A way to stop `npm start`, as a person or a program does. */
export interface Stop {
  readonly command: string;
  readonly args: readonly string[];
  readonly end: (program: Parameters<OnOutput>[1]) => Promise<void>;
}

type OnOutput = NonNullable<Parameters<Machine["run"]>[2]["onOutput"]>;

const ports = ["--port", "0", "--adobe-port", "0", "--aws-port", "0"];

/** The signal that a terminal sends to all that runs in it. */
export const bySignal: Stop = {
  command: "npm",
  args: ["start", "--", ...ports],
  end: async (program) => program.signal("SIGINT"),
};

/** Ctrl+C in a terminal, twice, as fast as people are. */
export const byCtrlCTwice: Stop = {
  command: "script",
  args: ["-qec", `exec npm start -- ${ports.join(" ")}`, "/dev/null"],
  end: async (program) => {
    program.type("\x03");
    await sleep(150);
    program.type("\x03");
  },
};

/**
 * `npm start`, the `curl` that it prints, and an end.
 *
 * @returns undefined if all went as promised: 202, exit code 0, nothing left; otherwise what did not
 */
export async function tryStart(machine: Machine, folder: string, stop: Stop): Promise<string | undefined> {
  let status: Promise<string> | undefined;
  const { code, output } = await machine.run(stop.command, stop.args, {
    folder,
    onOutput(printed, program) {
      const command = /^curl .*$/m.exec(printed)?.[0].trim();
      if (status !== undefined || command === undefined || !printed.includes("Ready")) return;
      status = machine
        .run("sh", ["-c", `${command} -sS -o /dev/null -w '%{http_code}'`], { folder })
        .then((curl) => curl.output);
      status.then(() => stop.end(program));
    },
  });
  const answer = await status;
  const left = machine.atWorkIn(folder);
  for (const pid of left) process.kill(pid, "SIGKILL");
  if (answer === "202" && code === 0 && left.length === 0) return undefined;
  return `curl ${answer}, exit code ${code}, ${left.length} left: ${output}`;
}
