import type { Exchange } from "./ims.ts";

/** The route of a request to Adobe, or to an HR system for a record. */
export type Route =
  | { readonly api: "token"; readonly exchange: Exchange }
  | { readonly api: "action"; readonly orgId: string }
  | { readonly api: "users"; readonly orgId: string; readonly page: string; readonly groupName?: string }
  | { readonly api: "user"; readonly orgId: string; readonly userString: string }
  | { readonly api: "groups"; readonly orgId: string; readonly page: string }
  | { readonly api: "record"; readonly source: string; readonly id: string }
  | { readonly api: "status" }
  | { readonly api: "none" };

const BASE = "/v2/usermanagement/";
const RECORDS = "/records/";

const EXCHANGES: Readonly<Record<string, Exchange>> = {
  "/ims/token/v2": "oauth",
  "/ims/token/v3": "oauth",
  "/ims/exchange/jwt": "jwt",
};

/** Finds the route of a request; `none` for anything that Adobe does not know. */
export function routeOf(method: string, pathname: string): Route {
  const path = pathname.replace(/\/$/, "");
  const exchange = EXCHANGES[path];
  if (exchange !== undefined) return { api: "token", exchange };
  // umapi-client.py calls it outside the API's path, without a key or a token.
  if (method === "GET" && path === "/status") return { api: "status" };
  const record = method === "GET" ? recordRoute(pathname) : undefined;
  if (record !== undefined) return record;
  const parts = pathname.startsWith(BASE) ? partsOf(pathname.slice(BASE.length).replace(/\/$/, "")) : undefined;
  if (parts === undefined) return { api: "none" };
  return (method === "POST" ? actionRoute(parts) : method === "GET" ? readRoute(parts) : undefined) ?? { api: "none" };
}

function actionRoute([first, orgId, ...rest]: readonly string[]): Route | undefined {
  return first === "action" && orgId !== undefined && rest.length === 0 ? { api: "action", orgId } : undefined;
}

function readRoute([first, orgId, third, fourth, ...rest]: readonly string[]): Route | undefined {
  if (orgId === undefined || rest.length > 0) return undefined;
  if (first === "organizations" && third === "users" && fourth !== undefined) {
    return { api: "user", orgId, userString: fourth };
  }
  const page = third ?? "0";
  if (!/^\d+$/.test(page)) return undefined;
  if (first === "users") return { api: "users", orgId, page, ...(fourth === undefined ? {} : { groupName: fourth }) };
  return first === "groups" && fourth === undefined ? { api: "groups", orgId, page } : undefined;
}

function recordRoute(pathname: string): Route | undefined {
  if (!pathname.startsWith(RECORDS)) return undefined;
  const [source, id, ...rest] = partsOf(pathname.slice(RECORDS.length)) ?? [];
  return source === undefined || id === undefined || rest.length > 0 ? undefined : { api: "record", source, id };
}

function partsOf(path: string): string[] | undefined {
  const [api, orgId, page, groupName, ...rest] = path.split("/");
  const named =
    api === "users" && groupName !== undefined ? [api, orgId, page, beforeDot(groupName), ...rest] : undefined;
  try {
    return (named ?? path.split("/")).map((part = "") => decodeURIComponent(part));
  } catch {
    return undefined;
  }
}

/**
 * Users report (umapi-documentation issue 53) that the last dot in a group's name and the text after it are taken for a
 * file extension and cut. They know no remedy but the group's id. Here a dot written as `%2E` is kept.
 */
function beforeDot(segment: string): string {
  const dot = segment.lastIndexOf(".");
  return dot < 0 ? segment : segment.slice(0, dot);
}
