import type * as z from "zod/mini";
import { type Problem, problem } from "../api/problem.ts";
import { submitQuerySchema } from "../api/queries.ts";
import { type AcceptanceRules, type Accepted, accept } from "./accept.ts";
import { bodyText } from "./body-text.ts";
import { FaultList } from "./fault-list.ts";
import { handedIn } from "./handed-in.ts";
import { type JsonFlaw, maxDepth, parseJsonText } from "./json-text.ts";
import { notUtf8, wasNotUtf8 } from "./not-utf8.ts";
import { notUtf8In } from "./not-utf8-in.ts";
import type { DescribedBody } from "./unsupported-content.ts";

/** The parts of an HTTP request that submit needs. */
export interface SubmissionRequest extends DescribedBody {
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The header `Idempotency-Key`. */
  readonly idempotencyKey?: string | undefined;
  /** Who sends it. */
  readonly submittedBy?: string | undefined;
  /** When it came, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/**
 * Reads a request that submits operations, or reports all its faults. Never throws. A problem repeats nothing of the
 * request, which may be personal data.
 *
 * Of several problems the first is reported: 415 for the encoding and the content type, 413 for the size of the body,
 * 400 for an unreadable body, 413 for the size of operations, 422 for broken rules.
 */
export function parseSubmission(request: SubmissionRequest, rules: AcceptanceRules): Accepted {
  const body = bodyText(request);
  if (!body.ok) return body;
  const query = submitQuerySchema.safeParse(request.query);
  if (!query.success) return refuse(badQuery(query.error.issues));
  const json = parseJsonText(body.text);
  if (!json.ok)
    return refuse(wasNotUtf8(body.text) ? notUtf8(body.text) : malformedJson(json.flaw, json.line, json.column));
  const misread = new FaultList();
  misread.add(notUtf8In(json.value));
  if (misread.count > 0) return refuse(notUtf8(body.text, misread.members));
  const { idempotencyKey, submittedBy, receivedAt } = request;
  const testOnly = query.data.testOnly === "true";
  return accept({ ...handedIn(json.value), testOnly, idempotencyKey, submittedBy, receivedAt }, rules);
}

const refuse = (because: Problem): Accepted => ({ ok: false, problem: because });

function badQuery(issues: readonly z.core.$ZodIssue[]): Problem {
  return issues.some(({ code }) => code === "unrecognized_keys")
    ? problem("malformed", "The query has an unknown parameter; the only one known is testOnly.")
    : problem("malformed", "The query parameter testOnly is neither true nor false, given once.");
}

function malformedJson(flaw: JsonFlaw, line: number, column: number): Problem {
  const place = `at line ${line}, column ${column}`;
  switch (flaw) {
    case "syntax":
      return problem("malformed", `The body is not JSON: it goes wrong ${place}.`);
    case "repeated-key":
      return problem("malformed", `The body has the same key twice in one object: the second is ${place}. Keep one.`);
    case "too-deep":
      return problem("malformed", `The body nests lists and objects more than ${maxDepth} deep ${place}.`);
  }
}
