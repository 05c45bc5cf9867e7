import stringWidth from "string-width";
import type { Standing } from "../../client/wait.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { Output } from "../surroundings.ts";
import { drawnLine, passingOnTo } from "./drawn-line.ts";
import { grouped } from "./text.ts";
import { nextTry, timeLeft, waitOf } from "./waiting.ts";

const barWidth = 24;
const separator = " · ";
/** Without a terminal, a line is written this often at most. */
const lineEveryMs = 10_000;

/** Shows how many operations have finished: as a moving bar on a terminal, as a line now and then elsewhere. */
export class Progress {
  /** An output for text that is to stand above the bar. */
  readonly aside: Output;
  readonly #output: Output;
  readonly #clock: Clock;
  readonly #bar: ReturnType<typeof drawnLine> | undefined;
  #lineAt = 0;
  #lastLine = "";

  constructor(output: Output, clock: Clock) {
    this.#output = output;
    this.#clock = clock;
    const line = output.isTTY === true ? drawnLine(output) : undefined;
    this.#bar = line;
    // The bar would overwrite text that is written while it is drawn.
    this.aside = line === undefined ? output : passingOnTo(output, () => line.clear());
  }

  show(standing: Standing): void {
    const { waiting } = standing;
    const parts = [
      `${grouped(standing.ended)} of ${grouped(standing.total)} finished`,
      ...(standing.failed === 0 ? [] : [`${grouped(standing.failed)} failed`]),
      ...timeLeft(waiting, this.#clock.now()),
      ...(waiting === undefined ? [] : [waitOf(waiting), ...nextTry(waiting)]),
    ];
    this.#draw(parts, standing.ended, standing.total);
  }

  /** How much of a file has been submitted. */
  handedIn(count: number, total: number): void {
    this.#draw([`${grouped(count)} of ${grouped(total)} submitted`], count, total);
  }

  #draw(parts: readonly string[], part: number, total: number): void {
    const text = parts.join(separator);
    if (this.#bar !== undefined) this.#bar(fitting(bar(part / total), parts, this.#output.columns));
    else if (text !== this.#lastLine && (this.#clock.now() - this.#lineAt >= lineEveryMs || part === total)) {
      this.#lineAt = this.#clock.now();
      this.#lastLine = text;
      this.#output.write(`${text}\n`);
    }
  }

  /** Leaves the bar as it is, and shows the cursor again. */
  end(): void {
    this.#bar?.done();
  }
}

/** Fits all into one line: a narrow terminal loses the bar, then the last parts, one by one. */
function fitting(bar: string, parts: readonly string[], columns = 80): string {
  const room = columns === 0 ? 80 : columns - 1;
  const shorter = parts.map((_, left) => parts.slice(0, parts.length - left).join(separator));
  const [least = ""] = parts;
  return (
    [`${bar} ${shorter[0]}`, ...shorter].find((text) => stringWidth(text) <= room) ??
    `${least.slice(0, Math.max(1, room - 1))}…`
  );
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return "█".repeat(full) + "░".repeat(barWidth - full);
}
