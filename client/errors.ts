import { kindOfProblem, type Problem, type ProblemKind } from "../shared/api/problem.ts";
import { type NetworkFault, withFault } from "../shared/http/network-fault.ts";
import type { SeenOperation } from "./seen-operation.ts";

/** What a method of the client fails with. Its `code` stays the same from version to version; its message may change. */
abstract class OperationsError extends Error {
  abstract readonly code: string;
}

/** The service does not do what it was asked for. To ask again is of no use until something is changed. */
export class RefusedError extends OperationsError {
  readonly code = "refused";
  override readonly name = "RefusedError";
  readonly status: number;
  /** What the service says. @default - it does not say why */
  readonly problem: Problem | undefined;
  /** For `switch`; undefined where the service does not say, or says what only a newer one knows. */
  readonly kind: ProblemKind | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(
      problem === undefined
        ? unexplained(status)
        : status < 500
          ? `The service refuses this (${status}): ${problem.detail}`
          : problem.detail,
    );
    this.status = status;
    this.problem = problem;
    this.kind = problem && kindOfProblem(problem);
  }
}

/** The service failed, or was busy, again and again. Asked later it may do what it was asked for. */
export class FailingError extends OperationsError {
  readonly code = "failing";
  override readonly name = "FailingError";
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(
      problem === undefined
        ? unexplained(status)
        : `The service fails at this again and again (${status}): ${problem.detail}`,
    );
    this.status = status;
    this.problem = problem;
  }
}

/** The API lets nobody in with these credentials or this token. */
export class ForbiddenError extends OperationsError {
  readonly code = "forbidden";
  override readonly name = "ForbiddenError";
  readonly status: number;

  constructor(status: number, by: "credentials" | "token") {
    super(
      by === "token"
        ? `The API lets nobody in with this token (${status}). Give one that its authorizer knows.`
        : `The API lets nobody in with these AWS credentials (${status}). They need execute-api:Invoke on it.`,
    );
    this.status = status;
  }
}

/** The service gave no answer again and again. What was asked for may have been done. */
export class NoAnswerError extends OperationsError {
  readonly code = "no-answer";
  override readonly name = "NoAnswerError";

  constructor(url: string, fault: NetworkFault) {
    super(withFault(`${url} does not answer`, fault));
  }
}

/** Nothing of the service is reached: its name, a certificate, or the way to it is wrong. */
export class UnreachableError extends OperationsError {
  readonly code = "unreachable";
  override readonly name = "UnreachableError";
  readonly url: string;
  readonly fault: NetworkFault | undefined;

  constructor(url: string, fault: NetworkFault | undefined, cause: unknown) {
    super(withFault(`${url} cannot be reached`, fault), { cause });
    this.url = url;
    this.fault = fault;
  }
}

/** What answers is something else than this service's API. */
export class UnexpectedAnswerError extends OperationsError {
  readonly code = "unexpected-answer";
  override readonly name = "UnexpectedAnswerError";

  constructor(url: string, status: number) {
    const redirects = status >= 300 ? ": it sends on to another address, which is not followed" : "";
    super(`What answers at ${url} is not this service's API${redirects}.`);
  }
}

/** The client was made with something that it cannot work with, or without something that it needs. */
export class SettingsError extends OperationsError {
  readonly code = "bad-settings";
  override readonly name = "SettingsError";
}

/** The time that the caller gave is over, and not every operation has ended. They go on all the same. */
export class TimeoutError extends OperationsError {
  readonly code = "timeout";
  override readonly name = "TimeoutError";
  /** As they were last seen; those that were never seen are missing. */
  readonly operations: readonly SeenOperation[];
  /** The ids of those that are not known to have ended. */
  readonly unfinished: readonly string[];

  constructor(timeoutSeconds: number, operations: readonly SeenOperation[], unfinished: readonly string[]) {
    const [are, count] = unfinished.length === 1 ? ["has", "1 operation"] : ["have", `${unfinished.length} operations`];
    super(`${count} ${are} not ended within ${timeoutSeconds} s. To wait on, call waitFor again.`);
    this.operations = operations;
    this.unfinished = unfinished;
  }
}

/** Everything that a method of the client fails with. */
export type ClientError =
  | RefusedError
  | FailingError
  | ForbiddenError
  | NoAnswerError
  | UnreachableError
  | UnexpectedAnswerError
  | SettingsError
  | TimeoutError;

/** @example if (isClientError(error) && error.code === "refused") switch (error.kind) { … } */
export function isClientError(error: unknown): error is ClientError {
  return error instanceof OperationsError;
}

/** Whether the same may be done later though nothing is changed. */
export function isPassing(error: unknown): boolean {
  return error instanceof FailingError || error instanceof NoAnswerError;
}

const unexplained = (status: number) => `The API answers ${status}, and does not say why.`;
