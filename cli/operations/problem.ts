import { type Problem, problemSchema } from "../../shared/api/problem.ts";
import { isOf } from "../../shared/schema/is-of.ts";
import { CommandError } from "../errors.ts";

/** @returns undefined if it is none */
export function problemOf(json: unknown): Problem | undefined {
  return isOf(problemSchema, json) ? json : undefined;
}

/** The operation is stored in a form that the deployed version of the service cannot read. */
export function isUnreadable(problem: Problem | undefined): boolean {
  return problem?.type === "urn:problem-type:umapi-workers:unreadable";
}

/** @param ids of operations, as they are to be printed */
export function unreadableText(ids: readonly string[]): string {
  return `The service cannot read ${ids.join(", ")}: another version of it has stored that in a form that the deployed one does not know. It is kept, and goes on once a version that knows the form is deployed.`;
}

/** The API refused, or failed again and again. */
export class ApiError extends CommandError {
  readonly problem: Problem | undefined;
  /** What was sent is at fault: to send it again is of no use. */
  readonly isRefusal: boolean;

  constructor(status: number, problem: Problem | undefined) {
    super(messageOf(status, problem));
    this.problem = problem;
    this.isRefusal = status < 500;
  }
}

function messageOf(status: number, problem: Problem | undefined): string {
  if (isUnreadable(problem)) return problem?.detail ?? "The operation cannot be read.";
  const verb = status < 500 ? "refuses this" : "fails at this again and again";
  if (problem !== undefined) return `The service ${verb} (${status}): ${problem.detail}`;
  if (status === 401 || status === 403)
    return `The API lets nobody in with these AWS credentials (${status}). They need execute-api:Invoke on it.`;
  return `The API answers ${status}, and does not say why. Check --url.`;
}
