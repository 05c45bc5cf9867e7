import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { DispatchEvent } from "../dispatch/events.ts";
import type { LedgerEvent } from "../ledger/ledger-dynamo.ts";
import type { CancelEvent } from "../operate/canceler.ts";
import type { EraseEvent } from "../operate/eraser.ts";
import type { LaneControlEvent } from "../operate/lane-control.ts";
import type { FinalStatus } from "../operation/status.ts";
import type { Block } from "../pacing/lane.ts";
import type { ReleaseEvent } from "../release/releaser.ts";
import type { RescueEvent } from "../rescue/rescuer.ts";
import type { SendEvent } from "../submit/submission-queue-sqs.ts";
import type { SweepEvent } from "../sweep/sweeper.ts";

type TelemetryEvent =
  | CancelEvent
  | DispatchEvent
  | EraseEvent
  | LaneControlEvent
  | LedgerEvent
  | ReleaseEvent
  | RescueEvent
  | SendEvent
  | SweepEvent;

/** Writes events to the log, one line each. Events have no field for anything that must not be logged. */
export function logEvents(logger: Logger): (event: TelemetryEvent) => void {
  return ({ kind, ...details }) => logger[levelOf(kind)](kind, details);
}

/** Counts the metrics for alarms and dashboards. The stack's alarms use the same names. */
export function countEvents(metrics: Metrics): (event: TelemetryEvent) => void {
  const count = (name: string, value: number) => metrics.addMetric(name, MetricUnit.Count, value);
  const seconds = (name: string, value: number) => metrics.addMetric(name, MetricUnit.Seconds, value);
  return (event) => {
    switch (event.kind) {
      case "action request":
        count("ActionRequests", 1);
        break;
      case "operation finished":
        count(finished[event.status], 1);
        break;
      case "lane blocked":
        count(failuresInARow[event.reason], event.failures);
        break;
      case "backlog":
        count("OperationsQueued", event.operations);
        break;
      case "unreadable operations":
        count("OperationsUnreadable", event.operations);
        break;
      case "oldest parked":
        seconds("OldestParkedAge", event.seconds);
        break;
      case "lane paused":
        seconds("PauseAge", event.seconds);
        break;
      case "mappings off":
        count("MappingsOff", event.mappings);
        break;
      case "returned by SQS":
        count("OperationsReturned", 1);
        break;
      default:
    }
  };
}

const finished: Readonly<Record<FinalStatus, string>> = {
  succeeded: "OperationsSucceeded",
  failed: "OperationsFailed",
  canceled: "OperationsCanceled",
};

/** Metrics that count how many failures of one kind came in a row. */
const failuresInARow: Readonly<Record<Block["reason"], string>> = {
  throttled: "Throttles",
  "adobe-unavailable": "AdobeFailures",
  "credentials-refused": "CredentialRefusals",
  "credentials-unreadable": "CredentialsUnreadable",
};

function levelOf(kind: TelemetryEvent["kind"]): "info" | "warn" | "error" {
  switch (kind) {
    case "action request":
    case "operation finished":
    case "messages queued":
    case "requeued":
    case "parked":
    case "backlog":
    case "unreadable operations":
    case "oldest parked":
    case "lane paused":
    case "mappings off":
    case "rung":
    case "rows erased":
    case "released":
    case "lane resumed by hand":
      return "info";
    case "lane blocked":
    case "lane paused by hand":
    case "not hidden":
    case "unreadable row":
    case "set aside":
    case "no token":
    case "unreachable":
    case "send failed":
    case "parked before SQS forgets":
    case "returned by SQS":
      return "warn";
    case "dead-lettered":
    case "unreadable item":
    case "unexpected error":
      return "error";
  }
}
