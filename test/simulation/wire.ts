import * as z from "zod/mini";
import type { Fetch } from "../../shared/http/exchange.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { Command } from "../../shared/umapi/command.ts";
import type { FlowWatch } from "./flow-watch.ts";
import { Life } from "./life.ts";
import { nameOf } from "./names.ts";
import type { Sends } from "./sends.ts";
import { type Say, silent } from "./trace.ts";
import { Troubles } from "./troubles.ts";

const commandsSchema = z.array(z.custom<Command>((value) => typeof value === "object" && value !== null));
const reportSchema = z.object({
  result: z.string(),
  completed: z.number(),
  notCompleted: z.number(),
  completedInTestMode: z._default(z.number(), 0),
  errors: z._default(z.array(z.object({ index: z.number(), step: z.optional(z.number()), errorCode: z.string() })), []),
});
type Report = z.infer<typeof reportSchema>;
const refusalSchema = z.looseObject({ result: z.optional(z.string()), error_code: z.optional(z.string()) });

/** A gateway answers these statuses, and Adobe may still apply the request. */
const gatewayStatuses = [408, 502, 504];
/** A request that is on its way when the lane is paused arrives within this time. */
const longestWayMs = 1000;

/** A block that was announced, and who was told of it. */
interface Announcement {
  readonly until: number;
  readonly life: Life | undefined;
}

/** Watches each action request and its answer, as Adobe sees them. */
export class Wire {
  /** When action requests arrived, in milliseconds since the epoch. */
  readonly arrivals: number[] = [];
  readonly violations: string[] = [];
  /** The reasons that there have been to wait. */
  readonly causes = new Set<"throttled" | "credentials-refused">();
  readonly troubles: Troubles;
  /** Whether two dispatchers may be at work at once; then one does not know at once what the other was told. */
  mayOverlap = false;
  /** When a pause was confirmed, in milliseconds since the epoch; undefined while nobody has paused the lane. */
  pausedSince: number | undefined;
  readonly #clock: Clock;
  readonly #sends: Sends;
  readonly #flow: FlowWatch;
  readonly #say: Say;
  readonly #codes = new Map<string, Set<string>>();
  readonly #wholeCodes = new Set<string>();
  #closed: Announcement = { until: 0, life: undefined };

  constructor(clock: Clock, sends: Sends, flow: FlowWatch, say: Say = silent) {
    this.#flow = flow;
    this.#clock = clock;
    this.troubles = new Troubles(clock);
    this.#sends = sends;
    this.#say = say;
  }

  /** Whether Adobe has given this code for a command on one of these names, or for a whole request. */
  hasSaid(code: string, names: readonly string[]): boolean {
    return this.#wholeCodes.has(code) || names.some((name) => this.#codes.get(name)?.has(code));
  }

  watch(fetch: Fetch): Fetch {
    return async (url, init) => {
      if (!url.includes("/action/")) return await this.#other(fetch, url, init);
      const commands = commandsSchema.parse(JSON.parse(String(init.body)));
      const life = Life.current;
      const sentAt = this.#clock.now();
      const request = new Headers(init.headers).get("x-request-id") ?? "";
      this.#arrived(url, commands);
      this.#sends.sent(
        request,
        commands.map((command) => ({ command, root: rootOf(command), text: textOf(command) })),
        url.includes("testOnly"),
      );
      try {
        const response = await fetch(url, init);
        const text = await response
          .clone()
          .text()
          .catch(() => "");
        const done = this.#answered(response, text, commands, life);
        if (done !== undefined) this.#sends.ended(request, done);
        else this.#flow.stand(sentAt, this.#clock.now());
        return response;
      } catch (error) {
        if (neverStood(error)) this.#sends.ended(request);
        this.#say(() => "  Adobe does not answer");
        this.#flow.stand(sentAt, this.#clock.now());
        this.troubles.failedWhole(commands.map(rootOf), life);
        throw error;
      }
    };
  }

  async #other(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
    const what = url.includes("/ims/") ? "IMS is asked for a token" : `Adobe is asked for ${url.split("/").at(-1)}`;
    const askedAt = this.#clock.now();
    return await fetch(url, init).then(
      (response) => {
        this.#say(() => `${what}: ${response.status}`);
        if ([400, 401].includes(response.status)) this.causes.add("credentials-refused");
        return response;
      },
      (error) => {
        this.#say(() => `${what}: no answer`);
        this.#flow.stand(askedAt, this.#clock.now());
        throw error;
      },
    );
  }

  #arrived(url: string, commands: readonly Command[]): void {
    const now = this.#clock.now();
    this.arrivals.push(now);
    this.#say(() => `to Adobe${url.includes("testOnly") ? " (test)" : ""}: ${commands.map(shown).join(" | ")}`);
    const pausedMs = now - (this.pausedSince ?? now);
    if (pausedMs > longestWayMs) this.violations.push(`a request was sent ${pausedMs} ms after the lane was paused`);
    const { until, life } = this.#closed;
    const early = until - now;
    const sender = Life.current;
    if (early <= 2 * this.troubles.skewMs || life === undefined || life.isOver || life.wasFailed) return;
    const knows = sender === undefined || sender === life || sender.startedAt > life.returnedAt;
    if (this.mayOverlap && !knows) return;
    this.violations.push(`a request was sent ${early} ms before the end of a block that Adobe had announced`);
  }

  /** @returns the places of the commands that Adobe says it has done; undefined where the answer is not Adobe's */
  #answered(
    response: Response,
    text: string,
    commands: readonly Command[],
    life: Life | undefined,
  ): number[] | undefined {
    const { status, headers } = response;
    const report = status === 200 ? parse(reportSchema, text) : undefined;
    this.#say(() => `  Adobe answers ${status} ${report === undefined ? aside(headers, text) : summed(report)}`);
    this.#noteCause(status, text);
    if (status === 429) {
      const now = this.#clock.now();
      this.#closed = { until: now + waitMs(headers.get("retry-after"), now), life };
      return [];
    }
    if (report !== undefined) return this.#reported(report, commands);
    const refusal = parse(refusalSchema, text);
    for (const code of [refusal?.result, refusal?.error_code, "error.request.refused"])
      if (status === 400 && code !== undefined) this.#wholeCodes.add(code);
    if (![400, 401, 403].includes(status)) this.troubles.failedWhole(commands.map(rootOf), life);
    return status === 200 || gatewayStatuses.includes(status) ? undefined : [];
  }

  #noteCause(status: number, text: string): void {
    if (status === 429 || text.includes("error.organization.migrating")) this.causes.add("throttled");
    else if (status === 401 || status === 403 || /error\.(organization|apikey)/.test(text))
      this.causes.add("credentials-refused");
  }

  #reported(report: Report, commands: readonly Command[]): number[] {
    const { errors, completed, completedInTestMode, notCompleted } = report;
    this.troubles.answered();
    for (const { index, errorCode } of errors) {
      const command = commands[index];
      if (command === undefined) continue;
      const root = rootOf(command);
      this.#codes.set(root, (this.#codes.get(root) ?? new Set()).add(errorCode));
      if (errorCode !== "error.throttled_by_external_service") this.troubles.failed(root);
    }
    const failed = new Set(errors.map(({ index }) => index));
    const others = [...commands.keys()].filter((index) => !failed.has(index));
    const isUnclear = notCompleted > failed.size || completed + completedInTestMode < others.length;
    if (!isUnclear) return others;
    // If it is sent alone, only the command's own fate is unknown.
    for (const command of commands) if (commands.length === 1) this.troubles.failed(rootOf(command));
    return [];
  }
}

function textOf(command: Command): string | undefined {
  const steps = command.do.map((step) => JSON.stringify(step));
  return new Set(steps).size < steps.length ? undefined : JSON.stringify(command);
}

function neverStood(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && /ECONNREFUSED/.test(error.cause.message);
}

/** What Adobe asks for, as RFC 9110 reads it; the service's own least wait where it asks for nothing usable. */
function waitMs(retryAfter: string | null, now: number): number {
  if (retryAfter !== null && /^\d+$/.test(retryAfter))
    return Math.min(2 * 60 * 60, Math.max(1, Number(retryAfter))) * 1000;
  const date = retryAfter === null ? Number.NaN : Date.parse(retryAfter);
  return Number.isNaN(date) ? 15_000 : Math.max(1000, date - now);
}

function rootOf(command: Command): string {
  const root = bareRootOf(command);
  return nameOf(root) ?? root;
}

function bareRootOf(command: Command): string {
  return "user" in command ? command.user : command.usergroup;
}

function shown(command: Command): string {
  const steps = command.do.map((step) =>
    JSON.stringify(step)
      .replace(/"|@example\.com/g, "")
      .slice(1, -1),
  );
  return `${bareRootOf(command)}: ${steps.map((step) => (step.length > 60 ? `${step.slice(0, 57)}…` : step)).join("; ")}`;
}

function aside(headers: Headers, text: string): string {
  const retryAfter = headers.get("retry-after");
  return `${retryAfter === null ? "" : `Retry-After: ${retryAfter} `}${text.slice(0, 60)}`;
}

function summed({ completed, completedInTestMode, errors }: Report): string {
  const failures = errors.map(({ index, step, errorCode }) => `[${index}] ${errorCode} at step ${step ?? "?"}`);
  return [`${completed + completedInTestMode} done`, ...failures].join(", ");
}

function parse<Parsed>(schema: z.ZodMiniType<Parsed>, text: string): Parsed | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
