import stringWidth from "string-width";
import type { Clock } from "../../shared/time/clock.ts";
import type { Standing } from "../operations/follow.ts";
import type { Output } from "../surroundings.ts";
import { drawnLine, passingOnTo } from "./drawn-line.ts";
import { duration, grouped } from "./text.ts";
import { waitingFor } from "./waiting.ts";

const barWidth = 24;
/** A rate of less time than this says nothing. */
const fewestMinutes = 0.05;
/** Where there is no terminal, a line is written this often at most. */
const lineEveryMs = 10_000;

/** Shows how far operations are: a bar that moves on a terminal, a line now and then elsewhere. */
export class Progress {
  /** For what is to stand above what is shown. */
  readonly aside: Output;
  readonly #output: Output;
  readonly #clock: Clock;
  readonly #bar: ReturnType<typeof drawnLine> | undefined;
  readonly #startedAt: number;
  #finishedAtStart: number | undefined;
  #lineAt = 0;
  #lastLine = "";

  constructor(output: Output, clock: Clock) {
    this.#output = output;
    this.#clock = clock;
    const line = output.isTTY === true ? drawnLine(output) : undefined;
    this.#bar = line;
    // What is written while the bar is drawn would be drawn over.
    this.aside = line === undefined ? output : passingOnTo(output, () => line.clear());
    this.#startedAt = clock.now();
  }

  show(standing: Standing): void {
    const now = this.#clock.now();
    const finished = standing.succeeded + standing.failed;
    this.#finishedAtStart ??= finished;
    const text = [
      `${grouped(finished)} of ${grouped(standing.total)} finished`,
      ...(standing.failed === 0 ? [] : [`${grouped(standing.failed)} failed`]),
      ...this.#pace(finished, standing, now),
      ...(standing.waiting === undefined ? [] : [waitingFor(standing.waiting)]),
    ].join(" · ");
    this.#draw(text, finished, standing.total);
  }

  /** How much of a file has been handed in. */
  handedIn(count: number, total: number): void {
    this.#draw(`${grouped(count)} of ${grouped(total)} handed in`, count, total);
  }

  #draw(text: string, part: number, total: number): void {
    if (this.#bar !== undefined) this.#bar(fitting(bar(part / total), text, this.#output.columns));
    else if (text !== this.#lastLine && (this.#clock.now() - this.#lineAt >= lineEveryMs || part === total)) {
      this.#lineAt = this.#clock.now();
      this.#lastLine = text;
      this.#output.write(`${text}\n`);
    }
  }

  /** Leaves what is shown, and gives the cursor back. */
  end(): void {
    this.#bar?.done();
  }

  /** The rate, and how long the rest takes at it. */
  #pace(finished: number, { total, waiting, acceptedAt }: Standing, now: number): string[] {
    const left = total - finished;
    const seen = finished - (this.#finishedAtStart ?? 0);
    // Until one is seen to finish, those count that were finished at the first look.
    const [done, since] =
      seen > 0 || acceptedAt === undefined ? [seen, this.#startedAt] : [finished, Date.parse(acceptedAt)];
    const waitMs = waiting?.until === undefined ? 0 : Math.max(0, Date.parse(waiting.until) - now);
    // What Adobe's limit lets through at once is all until it ends, again and again; any other wait comes once.
    const isLimit = waiting?.reason === "budget";
    const minutes = (now - since + (isLimit ? waitMs : 0)) / 60_000;
    if (done === 0 || left === 0 || minutes < fewestMinutes) return [];
    const perMinute = done / minutes;
    const leftMs = (left / perMinute) * 60_000 + (isLimit ? 0 : waitMs);
    return [`${grouped(Math.round(perMinute))} a minute`, `${duration(leftMs)} left`];
  }
}

/** In one line: a narrow terminal goes without the bar, a very narrow one without the end. */
function fitting(bar: string, text: string, columns = 80): string {
  const room = columns === 0 ? 80 : columns - 1;
  if (stringWidth(`${bar} ${text}`) <= room) return `${bar} ${text}`;
  return stringWidth(text) <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return "█".repeat(full) + "░".repeat(barWidth - full);
}
