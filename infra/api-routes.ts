/** The rights of a caller: to submit operations, to read them, or to retry, cancel and pause. */
export type Right = "submit" | "read" | "operate";

export interface ApiRoute {
  readonly method: "GET" | "POST";
  /** `{name}` stands for one segment. */
  readonly path: string;
  /** The right that it needs. */
  readonly right: Right;
  /** The function that answers. */
  readonly worker: "submit" | "operations" | "retry" | "operate" | "deliveries";
}

/** Every route of the service. */
export const apiRoutes: readonly ApiRoute[] = [
  { method: "POST", path: "/v1/operations", right: "submit", worker: "submit" },
  { method: "GET", path: "/v1/operations", right: "read", worker: "operations" },
  { method: "GET", path: "/v1/operations/{id}", right: "read", worker: "operations" },
  { method: "POST", path: "/v1/operations/{id}/retry", right: "operate", worker: "retry" },
  { method: "POST", path: "/v1/operations/{id}/cancel", right: "operate", worker: "operate" },
  { method: "POST", path: "/v1/calls/{call}/cancel", right: "operate", worker: "operate" },
  { method: "POST", path: "/v1/erasures", right: "operate", worker: "operate" },
  { method: "POST", path: "/v1/lane/pause", right: "operate", worker: "operate" },
  { method: "POST", path: "/v1/lane/resume", right: "operate", worker: "operate" },
  { method: "GET", path: "/v1/removals", right: "operate", worker: "operate" },
  { method: "POST", path: "/v1/removals/release", right: "operate", worker: "operate" },
  { method: "POST", path: "/v1/removals/cancel", right: "operate", worker: "operate" },
  { method: "GET", path: "/v1/lane", right: "read", worker: "operate" },
  { method: "GET", path: "/v1/openapi.json", right: "read", worker: "operations" },
  { method: "GET", path: "/v1/deliveries", right: "read", worker: "deliveries" },
  { method: "POST", path: "/v1/deliveries/{id}/retry", right: "operate", worker: "deliveries" },
  { method: "POST", path: "/v1/webhooks/{source}/people", right: "operate", worker: "deliveries" },
];

/** Where HR systems post. Its own function decides who may: it is the one route without an authorizer. */
export const webhookRoute = { method: "POST", path: "/v1/webhooks/{source}" } as const;
