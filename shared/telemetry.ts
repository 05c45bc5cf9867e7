import type { Logger } from "@aws-lambda-powertools/logger";
import type { DispatchEvent } from "./dispatch/events.ts";
import type { SendFailure } from "./submit/submission-queue.ts";

type TelemetryEvent = DispatchEvent | SendFailure;

/** Writes events to the log, one line each. What may not be logged is in no event. */
export function logEvents(logger: Logger): (event: TelemetryEvent) => void {
  return ({ kind, ...details }) => logger[levelOf(kind)](kind, details);
}

function levelOf(kind: TelemetryEvent["kind"]): "info" | "warn" | "error" {
  switch (kind) {
    case "action request":
    case "operation finished":
    case "requeued":
      return "info";
    case "lane blocked":
    case "no token":
    case "send failed":
      return "warn";
    case "dead-lettered":
    case "unexpected error":
      return "error";
  }
}
