/**
 * What each route takes, and how it may refuse: what the API's description is made from. Functions and clients read
 * `routes.ts` and the one schema that they need, so that their bundles stay small.
 */
import type * as z from "zod/mini";
import { eraseBodySchema } from "./erase-body.ts";
import type { ProblemKind } from "./problem.ts";
import { deliveriesQuerySchema, listQuerySchema, retryQuerySchema, submitQuerySchema } from "./queries.ts";
import { removalsBodySchema } from "./removals.ts";
import { submitBodySchema } from "./requests.ts";
import { type RouteName, routes } from "./routes.ts";
import { seedBodySchema } from "./seed-body.ts";

export const routeNames = Object.keys(routes).filter((name): name is RouteName => Object.hasOwn(routes, name));

interface Taken {
  /** Its query parameters; absent if it has none. */
  readonly query?: z.ZodMiniObject;
  /** Its body; absent if it reads none. */
  readonly body?: z.ZodMiniType;
  /** Whether it knows the header `Idempotency-Key`. */
  readonly isKeyed?: true;
  readonly problems: readonly ProblemKind[];
}

export const contract: Readonly<Record<RouteName, Taken>> = {
  submit: {
    query: submitQuerySchema,
    body: submitBodySchema,
    isKeyed: true,
    problems: [
      ...(["malformed", "still-running", "too-large", "unsupported-media-type"] as const),
      ...(["against-the-rules", "key-reused", "internal", "not-all-queued"] as const),
    ],
  },
  list: { query: listQuerySchema, problems: ["malformed", "internal"] },
  operation: { problems: ["not-found", "unreadable", "internal"] },
  retry: {
    query: retryQuerySchema,
    problems: [
      ...(["malformed", "not-found", "not-failed", "overtaken", "against-the-rules"] as const),
      ...(["unreadable", "internal", "not-all-queued"] as const),
    ],
  },
  cancel: { problems: ["malformed", "not-found", "ended", "in-flight", "unreadable", "internal"] },
  cancelCall: { problems: ["malformed", "not-found", "internal"] },
  erase: {
    body: eraseBodySchema,
    problems: ["malformed", "unfinished", "too-large", "unsupported-media-type", "internal"],
  },
  lane: { problems: ["malformed", "internal"] },
  pause: { problems: ["malformed", "internal"] },
  resume: { problems: ["malformed", "internal"] },
  removals: { problems: ["malformed", "internal"] },
  releaseRemovals: {
    body: removalsBodySchema,
    problems: ["malformed", "another-set", "too-large", "unsupported-media-type", "internal"],
  },
  cancelRemovals: {
    body: removalsBodySchema,
    problems: ["malformed", "another-set", "too-large", "unsupported-media-type", "internal"],
  },
  deliveries: { query: deliveriesQuerySchema, problems: ["malformed", "internal"] },
  retryDelivery: {
    problems: ["malformed", "not-found", "not-to-retry", "internal", "not-all-queued"],
  },
  seed: {
    body: seedBodySchema,
    problems: ["malformed", "not-found", "too-large", "unsupported-media-type", "internal"],
  },
  openapi: { problems: ["internal"] },
};
