import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { vi } from "vitest";
import { patience } from "./patience.ts";

export interface ChildProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The working directory. */
  readonly folder: string;
  /** Beside `PATH` and `HOME`, all that it gets of the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A program in a process group of its own, as a shell would run it, with everything that it writes. */
export class ChildProgram {
  /** The exit code, once the program and all that it has written are through; null if a signal has killed it. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #group: number;
  #stdout = "";
  #stderr = "";

  private constructor(child: ChildProcess, group: number) {
    this.#child = child;
    this.#group = group;
    this.exited = once(child, "close").then(([code]) => code);
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      this.#stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      this.#stderr += text;
    });
    // A program in a group of its own outlives its parent otherwise.
    const end = () => this.end();
    process.once("exit", end);
    child.once("close", () => process.off("exit", end));
  }

  static run({ command, args, folder, environment = {} }: ChildProgramOptions): ChildProgram {
    const child = spawn(command, args, {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    if (child.pid === undefined) throw new Error(`${command} cannot be run in ${folder}`);
    return new ChildProgram(child, child.pid);
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Everything that it has written. */
  get output(): string {
    return this.#stdout + this.#stderr;
  }

  /** Waits for a line on stdout. @throws Error with the output, if the program ends first */
  async line(pattern: RegExp): Promise<string> {
    return await vi.waitUntil(() => {
      const whole = this.#stdout.split("\n").slice(0, -1);
      const line = whole.find((candidate) => pattern.test(candidate));
      if (line === undefined && this.#hasEnded) throw new Error(`It ended without ${pattern}: ${this.output}`);
      return line;
    }, patience);
  }

  /** To the program alone, as `kill` does. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** To every process of the group, as Ctrl+C in a terminal does. */
  interrupt(): void {
    process.kill(-this.#group, "SIGINT");
  }

  /** The processes of the group that still run, as their command lines. The dead whom nobody has buried do not count. */
  get processes(): string[] {
    const all = execFileSync("ps", ["-A", "-o", "pgid=,stat=,args="], { encoding: "utf8" });
    return all.split("\n").flatMap((line) => {
      const [, group, state, args] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return Number(group) === this.#group && !state?.startsWith("Z") && args !== undefined ? [args] : [];
    });
  }

  /** At once, whatever it is at. */
  end(): void {
    try {
      process.kill(-this.#group, "SIGKILL");
    } catch {
      // No process of it is left.
    }
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
