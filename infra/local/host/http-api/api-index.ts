import { type ServerIndex, serverNames } from "../../http/server-index.ts";
import type { Api } from "./read-api.ts";
import { hasDescription, referencePath } from "./reference.ts";

/** The answer to `GET /` on this machine; a deployed API has no such route. */
export function apiIndex({ routes, stages }: Pick<Api, "routes" | "stages">): ServerIndex {
  const endpoints = stages.flatMap((stage) =>
    routes.map(({ routeKey }) => (stage === "$default" ? routeKey : routeKey.replace(" /", ` /${stage}/`))),
  );
  const pages = hasDescription({ routes, stages }) ? [`GET ${referencePath}`] : [];
  return { server: serverNames.api, endpoints: [...endpoints, ...pages] };
}
