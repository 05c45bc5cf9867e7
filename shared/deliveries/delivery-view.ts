import type { DeliveryView } from "../api/delivery.ts";
import { parseJson } from "../http/parse-json.ts";
import type { Delivery } from "./delivery.ts";

/** A delivery as the API shows it: without what the webhook says of the person. */
export function viewOfDelivery(delivery: Delivery): DeliveryView {
  const { id, source, record, status, receivedAt, updatedAt, error, operations, payload } = delivery;
  const token = status === "set-up" && payload !== undefined ? parseJson(payload) : undefined;
  return {
    id,
    source,
    ...(record !== undefined && { record }),
    status,
    receivedAt: new Date(receivedAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    ...(error && { reason: error }),
    ...(operations && { operations }),
    ...(typeof token === "string" && { token }),
  };
}
