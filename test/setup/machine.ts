import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Cell } from "./cells.ts";

export interface Ran {
  /** null if it took too long, or a signal killed it. */
  readonly code: number | null;
  /** What it wrote, to stdout and stderr. */
  readonly output: string;
}

export interface RunOptions {
  readonly folder: string;
  /** Told of all output so far, with a way to signal the program's group and to type into its stdin. */
  readonly onOutput?: (
    output: string,
    program: { signal(signal: NodeJS.Signals): void; type(text: string): void },
  ) => void;
}

/** `umapi local` and `startLocal` need it. */
export const firstNodeOfLocal = 22;

const longestMs = 300_000;
/** What a machine needs of this one to reach the registry. */
const passedOn = /^(.*_proxy|NODE_EXTRA_CA_CERTS|npm_config_registry)$/i;

/** A machine as its owner has it: a home, a user, one Node and one npm, and nothing of ours. */
export class Machine {
  readonly #path: string;
  readonly #folder: string;
  readonly #user: number | undefined;
  readonly #cache: string;

  /**
   * @param folder empty; everything of the machine is in it
   * @param path where its programs are, beside the system's
   */
  constructor(folder: string, path: readonly string[], { user }: Cell) {
    this.#folder = folder;
    this.#path = [...path, "/usr/bin", "/bin"].join(":");
    this.#user = user;
    // Kept from one machine to the next, so that each package is fetched once.
    this.#cache = join(folder, "..", `npm-cache-${user ?? "own"}`);
    for (const name of ["home", "tmp"]) mkdirSync(join(folder, name));
    mkdirSync(this.#cache, { recursive: true });
    this.ownAll();
  }

  /** Makes everything in the folder the user's own. */
  ownAll(): void {
    if (this.#user === undefined) return;
    spawnSync("chown", ["-R", `${this.#user}:${this.#user}`, this.#folder, this.#cache]);
  }

  /** Runs a program in a process group of its own, to its end. */
  run(command: string, args: readonly string[], { folder, onOutput }: RunOptions): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const who = this.#user === undefined ? {} : { uid: this.#user, gid: this.#user };
      const child = spawn(command, args, { cwd: folder, env: this.#environment(), detached: true, ...who });
      const signal = (name: NodeJS.Signals) => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
      };
      const kill = () => signal("SIGKILL");
      const tooLong = setTimeout(kill, longestMs);
      process.once("exit", kill);
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text) => {
          output += text;
          onOutput?.(output, { signal, type: (keys) => void child.stdin.write(keys) });
        });
      child.once("error", reject);
      child.once("close", (code) => {
        clearTimeout(tooLong);
        process.off("exit", kill);
        resolve({ code, output });
      });
      // It may end before all is typed.
      child.stdin.on("error", () => undefined);
      if (onOutput === undefined) child.stdin.end();
    });
  }

  /** Ids of the processes that are at work in a folder. */
  atWorkIn(folder: string): number[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => {
        try {
          return readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name))),
      PATH: this.#path,
      HOME: join(this.#folder, "home"),
      TMPDIR: join(this.#folder, "tmp"),
      TERM: "xterm",
      npm_config_cache: this.#cache,
    };
  }
}
