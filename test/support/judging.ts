import { type Circumstances, judge } from "../../shared/dispatch/outcome.ts";
import type { Outcome } from "../../shared/operation/outcome.ts";
import { type PlannedRequest, plan } from "../../shared/planning/plan.ts";
import type { Work } from "../../shared/planning/slices.ts";
import { type Answer, parseAnswerBody } from "../../shared/umapi/answer.ts";
import type { Command, UserStep } from "../../shared/umapi/command.ts";

/** When the answers arrive, in milliseconds since the epoch. */
export const now = 1_800_000_000_000;

/** A command that adds one group for each name, one group a step. */
export function adding(user: string, ...groups: string[]): Command {
  return { user, do: groups.map((group): UserStep => ({ add: { group: [group] } })) };
}

/** The one request that the works make. */
export function requestOf(...works: readonly Work[]): PlannedRequest {
  const [request] = plan(works);
  if (request === undefined) throw new Error("nothing to send");
  return request;
}

/** @param body an object for JSON, or the very text */
export function response(status: number, body: unknown = "", retryAfterMs?: number): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    kind: "response",
    status,
    body: parseAnswerBody(text),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** A 200 on so many commands, of which those with errors are not completed. */
export function report(commands: number, errors: readonly object[] = [], changes: object = {}): Answer {
  const failed = new Set(errors.map((error) => ("index" in error ? Number(error.index) : -1))).size;
  const result = failed === 0 ? "success" : failed === commands ? "error" : "partial";
  const counts = { completed: commands - failed, notCompleted: failed, completedInTestMode: 0 };
  return response(200, { result, ...counts, ...(errors.length === 0 ? {} : { errors }), ...changes });
}

export interface Judged {
  readonly verdict: object;
  /** By the operation's id. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** Until when Adobe may still apply what it has not answered. */
export const openUntil = now + 135_000;

/** @param circumstances by default a request of no suspects, and nothing is proven */
export function judged(request: PlannedRequest, answer: Answer, circumstances: Partial<Circumstances> = {}): Judged {
  const usual: Circumstances = { now, openUntil, isOfSuspects: false, isProven: () => false };
  const { verdict, outcomes } = judge(request, answer, { ...usual, ...circumstances });
  return { verdict, outcomes: Object.fromEntries(outcomes) };
}
