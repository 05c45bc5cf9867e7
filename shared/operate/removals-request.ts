import { type Problem, problem } from "../api/problem.ts";
import { removalsBodySchema } from "../api/removals.ts";
import { parseJson } from "../http/parse-json.ts";
import { bodyText } from "../submit/body-text.ts";
import type { DescribedBody } from "../submit/unsupported-content.ts";

export type RemovalsRequest =
  | { readonly ok: true; readonly hash: string }
  | { readonly ok: false; readonly problem: Problem };

/** Reads a request to release or cancel a set of held removals. */
export function parseRemovals(request: DescribedBody): RemovalsRequest {
  const text = bodyText(request);
  if (!text.ok) return text;
  const { data } = removalsBodySchema.safeParse(parseJson(text.text));
  if (data !== undefined) return { ok: true, hash: data.hash };
  const detail = 'The body must be {"hash": "…"} with the hash of the held removals, as GET /v1/removals shows it.';
  return { ok: false, problem: problem("malformed", detail) };
}
