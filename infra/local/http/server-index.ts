import type { ServerResponse } from "node:http";

/** The name of each local server. A second start recognises by it that a server of ours has a port. */
export const serverNames = {
  api: "umapi-workers API",
  adobe: "umapi-workers Adobe sandbox",
  aws: "umapi-workers AWS endpoint",
} as const;

export type ServerName = (typeof serverNames)[keyof typeof serverNames];

/** What `GET /` of a local server answers, as JSON. */
export interface ServerIndex {
  readonly server: ServerName;
  /** The requests that it answers, for example `GET /v1/operations/{id}`. */
  readonly endpoints: readonly string[];
}

/** @param target path and query */
export function asksForIndex(method: string | undefined, target: string | undefined): boolean {
  return method === "GET" && target?.split("?", 1)[0] === "/";
}

export function sendIndex(response: ServerResponse, index: ServerIndex): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(index));
}
