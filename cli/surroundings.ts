import type { Readable, Writable } from "node:stream";
import type { World } from "../shared/lambda/world.ts";

/** A terminal, which has a size, or whatever else a program's output goes to. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** Everything outside that the commands touch. */
export interface Surroundings extends Pick<World, "environment" | "clock" | "random" | "newId" | "fetch"> {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** For what was asked for. */
  readonly stdout: Output;
  /** For everything else: progress, waits, faults. */
  readonly stderr: Output;
  /**
   * Tells what being stopped from now on means: `leaves` says in a sentence or two what is left behind; undefined where
   * it is the way to end.
   */
  readonly ifStopped: (leaves: (() => string) | undefined) => void;
}
