/** What callers of the API are told when a request is not granted: problem details (RFC 9457). */
import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

const optional = z.exactOptional;

/** Every kind of problem, by the last part of its `type`. */
const problemKinds = [
  "malformed",
  "not-found",
  "still-running",
  "not-failed",
  "not-to-retry",
  "ended",
  "in-flight",
  "unfinished",
  "overtaken",
  "another-set",
  "too-large",
  "unsupported-media-type",
  "against-the-rules",
  "key-reused",
  "unreadable",
  "internal",
  "not-all-queued",
] as const;

export type ProblemKind = (typeof problemKinds)[number];

/** For the client as well, which has no other problem to make. */
export const notFound = { status: 404, title: "There is no such thing" } as const;

/** The HTTP status and the title of each. Apart from the names, because the client needs only those. */
const told: Readonly<Record<ProblemKind, Pick<Problem, "status" | "title">>> = {
  malformed: { status: 400, title: "The request cannot be read" },
  "not-found": notFound,
  "still-running": { status: 409, title: "A request with this key is still running" },
  "not-failed": { status: 409, title: "The operation has not failed" },
  "not-to-retry": { status: 409, title: "There is nothing to retry" },
  ended: { status: 409, title: "The operation has ended" },
  "in-flight": { status: 409, title: "The operation is being sent" },
  unfinished: { status: 409, title: "Operations have not ended" },
  overtaken: { status: 409, title: "Newer work has succeeded since" },
  "another-set": { status: 409, title: "The hash names another set of removals" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The content type or encoding is not taken" },
  "against-the-rules": { status: 422, title: "The request is against the rules" },
  "key-reused": { status: 422, title: "The idempotency key belongs to another request" },
  unreadable: { status: 500, title: "The operation cannot be read" },
  internal: { status: 500, title: "The request failed here" },
  "not-all-queued": { status: 503, title: "Not everything could be queued" },
};

/** The `type` of a kind of problem. */
export const problemType = (kind: ProblemKind): string => `urn:problem-type:umapi-workers:${kind}`;

/** Problem details as they go out. */
export const problemSchema = z.object({
  /** A URI that names the kind and leads nowhere; what programs compare. */
  type: z.string(),
  title: z.string(),
  /** The HTTP status. */
  status: z.int(),
  /** What is wrong with this request, and how to mend it. */
  detail: z.string(),
  /** What is wrong where in the body, by JSON pointers; the first ones only, if there are many. */
  errors: optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
  /** How many more there are than `errors` lists. */
  moreErrors: optional(z.int()),
  /** For `not-all-queued`: the ids of the operations that were queued. */
  queued: optional(z.array(z.string())),
  /** For `not-all-queued`: the ids of those that were not; a repeat under the same key gives them the same ids. */
  notQueued: optional(z.array(z.string())),
  /** For `unfinished`: the ids of the operations that have not ended. */
  unfinished: optional(z.array(z.string())),
});

export type Problem = Read<typeof problemSchema>;

/** The members that only some problems have. */
export type ProblemMembers = Pick<Problem, "errors" | "moreErrors" | "queued" | "notQueued" | "unfinished">;

/** A problem of this kind. `detail` must repeat nothing of the payload, which may be personal data. */
export function problem(kind: ProblemKind, detail: string, members: ProblemMembers = {}): Problem {
  return { type: problemType(kind), ...told[kind], detail, ...members };
}

/** What kind of problem it is; undefined for one that only a newer service knows. */
export function kindOfProblem({ type }: Problem): ProblemKind | undefined {
  return problemKinds.find((kind) => type === problemType(kind));
}

/** What a Lambda behind an HTTP API returns for it. */
interface ProblemResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What is told of an operation whose row this version cannot read. */
export function unreadableOperation(): ProblemResponse {
  const detail =
    "The operation was stored in a form that this version of the service cannot read. It is kept, and goes on once a version that can read it is deployed.";
  return problemResponse(problem("unreadable", detail));
}

/** The problem as the answer of a Lambda behind an HTTP API. `headers` are sent besides the content type. */
export function problemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): ProblemResponse {
  return {
    statusCode: problem.status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: JSON.stringify(problem),
  };
}
