import * as z from "zod/mini";
import { formatCursor, placeIn } from "../api/cursor.ts";
import { eraseBodySchema } from "../api/erase-body.ts";
import { type Problem, problem } from "../api/problem.ts";
import { parseJson } from "../http/parse-json.ts";
import { statusSchema } from "../operation/status.ts";
import { bodyText } from "../submit/body-text.ts";
import type { DescribedBody } from "../submit/unsupported-content.ts";
import type { ErasureCursor } from "./eraser.ts";

export interface ErasureRequest {
  /** Email or username. */
  readonly user: string;
  /** Where the answer before has left off; absent at first. */
  readonly from?: ErasureCursor;
}

const placeSchema = z.object({ status: statusSchema, after: z.exactOptional(z.string()) });

/** Reads a request to erase what is kept of a person. A problem repeats nothing of it. */
export function parseErasure(
  request: DescribedBody,
): ({ readonly ok: true } & ErasureRequest) | { readonly ok: false; readonly problem: Problem } {
  const text = bodyText(request);
  if (!text.ok) return text;
  const { data } = eraseBodySchema.safeParse(parseJson(text.text));
  if (data === undefined)
    return refuse(
      'The body must be {"user": …} with an email or username of 1 to 250 characters, and may have a cursor.',
    );
  if (data.cursor === undefined) return { ok: true, user: data.user };
  const from = placeSchema.safeParse(parseJson(placeIn(data.cursor))).data;
  if (from === undefined) return refuse("The cursor must be that of the answer before, unchanged.");
  return { ok: true, user: data.user, from };
}

export function formatErasureCursor(cursor: ErasureCursor): string {
  return formatCursor(JSON.stringify(cursor));
}

function refuse(detail: string): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: problem("malformed", detail) };
}
