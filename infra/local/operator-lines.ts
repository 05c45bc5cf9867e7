import * as z from "zod/mini";
import type { RequestRecord } from "./adobe/request-record.ts";
import type { InvocationError } from "./host/lambda/messages.ts";

/** A line that a function writes: one JSON object. Metrics are JSON too, without a message. */
const logLine = z.looseObject({ level: z._default(z.string(), ""), message: z.string() });

const finished = z.object({
  message: z.literal("operation finished"),
  operationId: z.string(),
  status: z.string(),
  code: z.optional(z.string()),
});

const parked = z.object({ message: z.literal("parked"), operationId: z.string(), reason: z.string() });

const delivery = z.object({
  message: z.literal("delivery finished"),
  deliveryId: z.string(),
  source: z.string(),
  status: z.string(),
  code: z.optional(z.string()),
});

const troubles = ["WARN", "ERROR", "CRITICAL"];

/** The keys that the logger adds to every line. */
const loggersOwn =
  /^(level|message|timestamp|service|sampling_rate|xray_trace_id|correlation_id|cold_start|function_.*)$/;

/**
 * The part of a function's log line that an operator reads: the end of an operation, what an operation waits for in the
 * waiting room, and warnings or worse.
 *
 * @param label the name of the function in its log
 * @returns undefined for any other line
 */
export function functionLine(label: string, line: string): string | undefined {
  const json = parseJson(line);
  // A line that is not JSON was not written by the logger, but for example by Node.js.
  if (json === undefined) return line.trim() === "" ? undefined : `${label}: ${line}`;
  const operation = finished.safeParse(json);
  if (operation.success) {
    const { operationId, status, code } = operation.data;
    return `operation ${operationId} ${status}${code === undefined ? "" : `: ${code}`}`;
  }
  const wait = parked.safeParse(json);
  if (wait.success) return `operation ${wait.data.operationId} parked: ${wait.data.reason}`;
  const delivered = delivery.safeParse(json);
  if (delivered.success) {
    const { deliveryId, source, status, code } = delivered.data;
    return `delivery ${deliveryId} of ${source} ${status}${code === undefined || code === status ? "" : `: ${code}`}`;
  }
  const entry = logLine.safeParse(json);
  if (!entry.success || !troubles.includes(entry.data.level)) return undefined;
  const { level, message } = entry.data;
  return oneLine([`${level.toLowerCase()} in ${label}: ${message}`, ...details(entry.data)].join(", "));
}

/** For example `reason throttled`; a deadline in milliseconds since the epoch as a date. */
function details(entry: Record<string, unknown>): string[] {
  return Object.entries(entry)
    .filter(([key]) => !loggersOwn.test(key))
    .map(([key, value]) => {
      if (key === "until" && typeof value === "number") return `until ${new Date(value).toISOString()}`;
      const error = errorDetail.safeParse(value);
      if (error.success) return `${error.data.name}: ${error.data.message}`;
      return `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`;
    });
}

const errorDetail = z.object({ name: z.string(), message: z.string() });

/** A line of somebody's own function. */
export function foreignLine(label: string, line: string): string | undefined {
  return line.trim() === "" ? undefined : `${label}: ${line}`;
}

/** The line about a failed invocation of a function. */
export function failureLine(label: string, { errorType, errorMessage }: InvocationError): string {
  return oneLine(`error in ${label}: ${errorType}: ${errorMessage}`);
}

/** The line about a queue that cannot be read or written at the moment. */
export function pollErrorLine(error: unknown): string {
  return oneLine(`error while polling: ${error instanceof Error ? error.message || error.name : String(error)}`);
}

/**
 * The line about an action request to the sandbox, without its path, which may name a person; undefined for any other
 * request.
 */
export function requestLine({ method, path, commands, status }: RequestRecord): string | undefined {
  if (method !== "POST" || !path.includes("/action/")) return undefined;
  return `action request: ${commands} ${commands === 1 ? "command" : "commands"}, ${status ?? "no answer"}`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
