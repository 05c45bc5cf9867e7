import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { operationRoutes } from "./operation-routes.ts";
import { removalRoutes } from "./removal-routes.ts";
import type { Route } from "./route.ts";

/** A description by OpenAPI, which has many fields. */
const description = z.catchall(z.object({ openapi: z.string() }), z.unknown());

/** Every route of the API. */
export const routes = {
  ...operationRoutes,
  ...removalRoutes,
  ...deliveryRoutes,
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
