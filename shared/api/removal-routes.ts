import { removalsDecidedSchema, removalsViewSchema } from "./removals.ts";
import type { Route } from "./route.ts";

/** What is asked about removals above the limit. Apart from the other routes, because few programs need them. */
export const removalRoutes = {
  removals: { method: "GET", path: "/v1/removals", status: 200, answer: removalsViewSchema },
  releaseRemovals: { method: "POST", path: "/v1/removals/release", status: 200, answer: removalsDecidedSchema },
  cancelRemovals: { method: "POST", path: "/v1/removals/cancel", status: 200, answer: removalsDecidedSchema },
} as const satisfies Readonly<Record<string, Route>>;
