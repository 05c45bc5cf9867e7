import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import { boundedText } from "./bounded-text.ts";

/** The result of one action request, as the network shows it. */
export type Answer =
  | { readonly kind: "response"; readonly status: number; readonly retryAfterMs?: number; readonly body: AnswerBody }
  /** No connection was made, so Adobe cannot have applied anything. */
  | { readonly kind: "unsent" }
  /** The request was sent and no whole answer came back: Adobe may have applied it, or may still do so. */
  | { readonly kind: "unanswered" };

export type AnswerBody =
  | ActionReport
  /** A refusal of the whole request, in any of Adobe's forms. */
  | { readonly kind: "refusal"; readonly code: string; readonly message: string }
  /** Empty, HTML, cut short, or otherwise without meaning. */
  | { readonly kind: "unreadable" };

/** The body of a 200: counts of commands, and an entry for each command that failed. */
export interface ActionReport {
  readonly kind: "report";
  readonly completed: number;
  readonly notCompleted: number;
  readonly completedInTestMode: number;
  readonly errors: readonly CommandError[];
}

/** What Adobe says about one command of a request. */
export interface CommandError {
  /** Index of the command in the request. */
  readonly index: number;
  /** Index of the step in the command, if Adobe names one. */
  readonly step?: number;
  /** At most 200 characters. */
  readonly code: string;
  /** At most 2,000 characters. */
  readonly message: string;
}

/** Adobe's own codes and messages are far shorter. Longer ones are cut, because they are stored, logged and shown. */
const maxCodeCharacters = 200;
const maxMessageCharacters = 2000;

/** Adobe documents an integer, and in one place a string. */
const position = z.union([
  z.int().check(z.nonnegative()),
  z.pipe(z.string().check(z.regex(/^\d{1,6}$/)), z.transform(Number)),
]);

const code = z.pipe(
  z.string(),
  z.transform((text) => boundedText(text, maxCodeCharacters)),
);
const message = z.pipe(
  z._default(z.string(), ""),
  z.transform((text) => boundedText(text, maxMessageCharacters)),
);

const reportSchema = z.object({
  result: z.string(),
  completed: z.int(),
  notCompleted: z.int(),
  completedInTestMode: z._default(z.int(), 0),
  errors: z._default(
    z.array(
      z.object({
        index: position,
        step: z.optional(z.nullable(position)),
        errorCode: code,
        message,
      }),
    ),
    [],
  ),
});

const refusalSchema = z.union([
  z.pipe(
    z.object({ error_code: code, message }),
    z.transform((body) => ({ code: body.error_code, message: body.message })),
  ),
  z.pipe(
    z.object({ errorCode: code, errorMessage: message }),
    z.transform((body) => ({ code: body.errorCode, message: body.errorMessage })),
  ),
  z.pipe(
    z.object({ result: code, message }),
    z.transform((body) => ({ code: body.result, message: body.message })),
  ),
]);

/** Reads the text of an answer, whatever its content type claims. */
export function parseAnswerBody(text: string): AnswerBody {
  const json = parseJson(text);
  const report = reportSchema.safeParse(json);
  if (report.success) {
    const { completed, notCompleted, completedInTestMode, errors } = report.data;
    return {
      kind: "report",
      completed,
      notCompleted,
      completedInTestMode,
      errors: errors.map(({ index, step, errorCode, message }) => ({
        index,
        code: errorCode,
        message,
        ...(step === undefined || step === null ? {} : { step }),
      })),
    };
  }
  const refusal = refusalSchema.safeParse(json);
  return refusal.success ? { kind: "refusal", ...refusal.data } : { kind: "unreadable" };
}
