import { Writable } from "node:stream";
import { createLogUpdate } from "log-update";
import type { Output } from "../surroundings.ts";

/** A line at the end of a terminal that is drawn over itself. */
export function drawnLine(terminal: Output): ReturnType<typeof createLogUpdate> {
  return createLogUpdate(hasSize(terminal) ? terminal : withoutSize(terminal));
}

/** A terminal whose size nobody has set, such as that of a program which watches another, calls it 0. */
function hasSize({ columns, rows }: Output): boolean {
  return columns !== 0 && rows !== 0;
}

/** Nothing fits where there is no room; where no size is known, a usual one is taken. */
function withoutSize(terminal: Output): Output {
  return Object.assign(passingOnTo(terminal), { isTTY: true });
}

/** What is written to it goes to `output`. @param before called ahead of each write */
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
