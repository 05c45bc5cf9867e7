import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { deliveriesPageSchema, deliveryQueuedSchema, seededSchema } from "./delivery.ts";
import { laneViewSchema } from "./lane.ts";
import {
  acceptedSchema,
  callCanceledSchema,
  erasedSchema,
  operationsPageSchema,
  operationViewSchema,
  queuedSchema,
} from "./operation.ts";

interface Route {
  readonly method: "GET" | "POST";
  /** With `{name}` for each path parameter. */
  readonly path: string;
  /** HTTP status and body of the answer when all is well. Any other is a problem. */
  readonly status: 200 | 202;
  readonly answer: z.ZodMiniType;
}

/** A description by OpenAPI, which has many fields. */
const description = z.catchall(z.object({ openapi: z.string() }), z.unknown());

/** Every route of the API. */
export const routes = {
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
  deliveries: { method: "GET", path: "/v1/deliveries", status: 200, answer: deliveriesPageSchema },
  retryDelivery: { method: "POST", path: "/v1/deliveries/{id}/retry", status: 202, answer: deliveryQueuedSchema },
  seed: { method: "POST", path: "/v1/webhooks/{source}/people", status: 200, answer: seededSchema },
  /** The API's description by OpenAPI. */
  openapi: { method: "GET", path: "/v1/openapi.json", status: 200, answer: description },
} as const satisfies Readonly<Record<string, Route>>;

export type RouteName = keyof typeof routes;

/** The body of a route's answer when all is well. */
export type AnswerOf<Name extends RouteName> = Read<(typeof routes)[Name]["answer"]>;

/** As API Gateway calls a route: `GET /v1/lane`. */
export function routeKey(name: RouteName): string {
  const { method, path } = routes[name];
  return `${method} ${path}`;
}
