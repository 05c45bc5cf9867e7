import { deliveriesPageSchema, deliveryQueuedSchema, seededSchema } from "./delivery.ts";
import type { Route } from "./route.ts";

/** What is asked about the webhooks of HR systems. */
export const deliveryRoutes = {
  deliveries: { method: "GET", path: "/v1/deliveries", status: 200, answer: deliveriesPageSchema },
  retryDelivery: { method: "POST", path: "/v1/deliveries/{id}/retry", status: 202, answer: deliveryQueuedSchema },
  seed: { method: "POST", path: "/v1/webhooks/{source}/people", status: 200, answer: seededSchema },
} as const satisfies Readonly<Record<string, Route>>;
