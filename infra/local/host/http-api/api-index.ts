import { type ServerIndex, serverNames } from "../../http/server-index.ts";
import type { Api } from "./read-api.ts";

/** The answer to `GET /` on this machine; a deployed API has no such route. */
export function apiIndex({ routes, stages }: Pick<Api, "routes" | "stages">): ServerIndex {
  const endpoints = stages.flatMap((stage) =>
    routes.map(({ routeKey }) => (stage === "$default" ? routeKey : routeKey.replace(" /", ` /${stage}/`))),
  );
  return { server: serverNames.api, endpoints };
}
