import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { IntakeEvent } from "../deliveries/intake.ts";
import type { ReceiveEvent } from "../deliveries/receiver.ts";
import type { RecordEvent } from "../deliveries/record-work.ts";
import type { SecretEvent } from "../deliveries/secret-store.ts";
import type { SourceEvent } from "../deliveries/source-store.ts";
import type { DispatchEvent } from "../dispatch/events.ts";
import type { LedgerEvent } from "../ledger/ledger-dynamo.ts";
import type { CancelEvent } from "../operate/canceler.ts";
import type { EraseEvent } from "../operate/eraser.ts";
import type { LaneControlEvent } from "../operate/lane-control.ts";
import type { RemovalControlEvent } from "../operate/removal-control.ts";
import type { FinalStatus } from "../operation/status.ts";
import type { Block } from "../pacing/lane.ts";
import type { ReleaseEvent } from "../release/releaser.ts";
import type { RescueEvent } from "../rescue/rescuer.ts";
import type { SendEvent } from "../submit/submission-queue-sqs.ts";
import type { SweepEvent } from "../sweep/sweeper.ts";
import { deliveriesFrom } from "./delivery-metrics.ts";

type TelemetryEvent =
  | CancelEvent
  | DispatchEvent
  | EraseEvent
  | IntakeEvent
  | LaneControlEvent
  | LedgerEvent
  | ReceiveEvent
  | RecordEvent
  | RemovalControlEvent
  | ReleaseEvent
  | RescueEvent
  | SecretEvent
  | SendEvent
  | SourceEvent
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
      case "leaver refused":
        count("LeaversRefused", 1);
        break;
      case "parked":
        if (event.reason === "removal-limit") count("RemovalsHeld", 1);
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
      case "deliveries stored":
        count("DeliveriesStored", event.deliveries);
        count(deliveriesFrom(event.source), 1);
        break;
      case "delivery refused":
        count("DeliveriesRefused", 1);
        if (event.inARow !== undefined) count("DeliveriesRefusedInARow", event.inARow);
        break;
      case "delivery finished":
        count(ended[event.status], 1);
        break;
      case "record not read":
        count(event.reason.startsWith("credentials") ? "RecordCredentialsRefused" : "RecordsNotRead", 1);
        break;
      default:
    }
  };
}

const finished: Readonly<Record<FinalStatus, string>> = {
  succeeded: "OperationsSucceeded",
  failed: "OperationsFailed",
  canceled: "OperationsCanceled",
  superseded: "OperationsSuperseded",
};

const ended: Readonly<Record<Extract<TelemetryEvent, { kind: "delivery finished" }>["status"], string>> = {
  submitted: "DeliveriesSubmitted",
  nothing: "DeliveriesWithoutCommands",
  incomplete: "DeliveriesIncomplete",
  failed: "DeliveriesFailed",
  "set-up": "DeliveriesToSetUp",
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
    case "removals released":
    case "removals canceled":
    case "deliveries stored":
    case "delivery refused":
    case "delivery finished":
      return "info";
    case "lane blocked":
    case "lane paused by hand":
    case "leaver refused":
    case "not hidden":
    case "unreadable row":
    case "set aside":
    case "no token":
    case "unreachable":
    case "send failed":
    case "parked before SQS forgets":
    case "returned by SQS":
    case "record not read":
    case "unreadable delivery":
      return "warn";
    case "dead-lettered":
    case "unreadable item":
    case "unexpected error":
    case "source unusable":
    case "webhook secret unusable":
      return "error";
  }
}
