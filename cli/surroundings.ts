import type { Readable, Writable } from "node:stream";
import type { World } from "../shared/lambda/world.ts";

/** Where a program's output goes. A terminal also has a size. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** What the program does if it is stopped. */
export type Ending =
  /** Says in a sentence or two what is left behind: this is not the end that was asked for. */
  | (() => string)
  /** Ctrl+C is the normal way to end. `last` ends what runs, and says the last line. */
  | { readonly last?: () => Promise<string> };

/** Everything outside the program that the commands use. */
export interface Surroundings extends Pick<World, "environment" | "clock" | "random" | "newId" | "fetch"> {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** For the result. */
  readonly stdout: Output;
  /** For everything else: progress, waits, errors. */
  readonly stderr: Output;
  /** Sets what the program does if it is stopped from now on. */
  readonly ifStopped: (ending: Ending) => void;
}
