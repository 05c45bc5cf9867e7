import type { SeenDelivery } from "../../client/seen-delivery.ts";
import type { Style } from "./look.ts";
import type { Column } from "./table.ts";
import { relative } from "./text.ts";

export const deliveryColumns: readonly Column[] = [
  { heading: "ID" },
  { heading: "STATUS", style: statusStyle },
  { heading: "SOURCE" },
  { heading: "RECORD" },
  { heading: "RECEIVED" },
  { heading: "WHY" },
];

function statusStyle(status: string): Style | undefined {
  const styles: Readonly<Record<string, Style>> = {
    queued: "yellow",
    incomplete: "yellow",
    "set-up": "yellow",
    submitted: "green",
    failed: "red",
    nothing: "dim",
  };
  return styles[status];
}

/** A row under `deliveryColumns`, with times relative to now. @param now milliseconds since the epoch */
export function deliveryRow(delivery: SeenDelivery, now: number): string[] {
  const { id, status, source, record = "", receivedAt } = delivery;
  return [id, status, source, record, relative(receivedAt, now), why(delivery)];
}

function why({ operations, reason, token }: SeenDelivery): string {
  if (token !== undefined) return `offers the key ${token}`;
  if (reason !== undefined) return reason.message;
  return operations === undefined ? "" : operations.join(" ");
}
