import { tooManyRequests } from "./fault-reply.ts";
import { ApiLimit, type Rate } from "./limits.ts";
import type { AdobeRequest, HttpReply } from "./reply.ts";
import type { Route } from "./routes.ts";

export interface QuotaOptions {
  /** The limit of action requests. */
  readonly rate: Rate;
  /** The limit of reads of users. @default 25 in 60 seconds */
  readonly usersRate?: Rate;
  /** The limit of reads of groups. @default 5 in 60 seconds */
  readonly groupsRate?: Rate;
  /** How long listing from page 0 too often blocks an API; see `ApiLimit`. @default 0 - no block */
  readonly page0BlockSeconds?: number;
}

/** A route whose calls are counted. */
export type CountedRoute = Extract<Route, { readonly orgId: string }>;

/** The quota of the client at each API. Its methods return a 429, or undefined if the call is within the quota. */
export class Quota {
  readonly #limits: Readonly<Record<"action" | "users" | "groups", ApiLimit>>;

  constructor({ rate, usersRate, groupsRate, page0BlockSeconds = 0 }: QuotaOptions) {
    this.#limits = {
      action: new ApiLimit(rate, 0),
      users: new ApiLimit(usersRate ?? { requests: 25, seconds: 60 }, page0BlockSeconds),
      groups: new ApiLimit(groupsRate ?? { requests: 5, seconds: 60 }, page0BlockSeconds),
    };
  }

  /** Counts a call that arrived at `now` (epoch ms). */
  refuse(route: CountedRoute, now: number): HttpReply | undefined {
    return answer(this.#limits[route.api === "user" ? "users" : route.api].refuse(now));
  }

  /** Notes the start of a listing, if the call is one that will be served. */
  refuseListing(route: CountedRoute, request: AdobeRequest, now: number): HttpReply | undefined {
    const everyone = route.api === "users" && route.groupName === undefined;
    if (!(everyone || route.api === "groups") || Number(route.page) !== 0) return undefined;
    const marked = request.headers["pragma"]?.toLowerCase().includes("umapi-sync-start") ?? false;
    return answer(this.#limits[route.api].refuseListing(now, marked));
  }

  reset(): void {
    for (const limit of Object.values(this.#limits)) limit.reset();
  }
}

function answer(seconds: number | undefined): HttpReply | undefined {
  return seconds === undefined ? undefined : tooManyRequests(seconds);
}
