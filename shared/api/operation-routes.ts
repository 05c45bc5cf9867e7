import { laneViewSchema } from "./lane.ts";
import {
  acceptedSchema,
  callCanceledSchema,
  erasedSchema,
  operationsPageSchema,
  operationViewSchema,
  queuedSchema,
} from "./operation.ts";
import type { Route } from "./route.ts";

/** What is asked about operations and their lane. Apart from the other routes, because most programs need only these. */
export const operationRoutes = {
  submit: { method: "POST", path: "/v1/operations", status: 202, answer: acceptedSchema },
  list: { method: "GET", path: "/v1/operations", status: 200, answer: operationsPageSchema },
  operation: { method: "GET", path: "/v1/operations/{id}", status: 200, answer: operationViewSchema },
  retry: { method: "POST", path: "/v1/operations/{id}/retry", status: 202, answer: queuedSchema },
  cancel: { method: "POST", path: "/v1/operations/{id}/cancel", status: 200, answer: operationViewSchema },
  cancelCall: { method: "POST", path: "/v1/calls/{call}/cancel", status: 200, answer: callCanceledSchema },
  erase: { method: "POST", path: "/v1/erasures", status: 200, answer: erasedSchema },
  lane: { method: "GET", path: "/v1/lane", status: 200, answer: laneViewSchema },
  pause: { method: "POST", path: "/v1/lane/pause", status: 200, answer: laneViewSchema },
  resume: { method: "POST", path: "/v1/lane/resume", status: 200, answer: laneViewSchema },
} as const satisfies Readonly<Record<string, Route>>;
