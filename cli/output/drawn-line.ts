import { Writable } from "node:stream";
import { createLogUpdate } from "log-update";
import type { Output } from "../surroundings.ts";

/** The last line of a terminal, which is drawn again in place. */
export function drawnLine(terminal: Output): ReturnType<typeof createLogUpdate> {
  return createLogUpdate(hasSize(terminal) ? terminal : withoutSize(terminal));
}

/** A terminal whose size was never set reports 0, for example when a program runs another one in it. */
function hasSize({ columns, rows }: Output): boolean {
  return columns !== 0 && rows !== 0;
}

/** A size of 0 would leave no room, so an unknown size is replaced by a usual one. */
function withoutSize(terminal: Output): Output {
  return Object.assign(passingOnTo(terminal), { isTTY: true });
}

/** An output that writes to `output`. @param before called before each write */
export function passingOnTo(output: Output, before: () => void = () => undefined): Output {
  return new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      before();
      output.write(chunk);
      done();
    },
  });
}
