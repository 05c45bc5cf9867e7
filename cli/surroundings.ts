import type { Readable, Writable } from "node:stream";
import type { World } from "../shared/lambda/world.ts";

/** Where a program's output goes. A terminal also has a size. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** Everything outside the program that the commands use. */
export interface Surroundings extends Pick<World, "environment" | "clock" | "random" | "newId" | "fetch"> {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** For the result. */
  readonly stdout: Output;
  /** For everything else: progress, waits, errors. */
  readonly stderr: Output;
  /**
   * Sets what the program says if it is stopped from now on: `leaves` says in a sentence or two what is left behind.
   * Undefined if Ctrl+C is the normal way to end.
   */
  readonly ifStopped: (leaves: (() => string) | undefined) => void;
}
