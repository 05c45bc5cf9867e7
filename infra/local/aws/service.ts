import { ServiceError } from "./service-error.ts";

/** The answer of a local service, before it goes to a socket or to a client in the same process. */
export interface ServiceAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The JSON body. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A local AWS service that speaks the AWS JSON protocol: it turns an action's name and its input into an answer. */
export interface Service {
  /** The part of `X-Amz-Target` before the dot, such as `AmazonSQS`. */
  readonly target: string;
  /** `application/x-amz-json-1.0` or `-1.1`, as the service's own protocol has it. */
  readonly contentType: string;
  /**
   * Runs one action. Errors of the service are answers; it rejects only with the signal's reason.
   *
   * @param signal aborts when the caller has gone, so that a long poll does not take messages for it
   */
  handle(action: string, input: unknown, signal?: AbortSignal): Promise<ServiceAnswer>;
}

/** Runs `work`, and turns its result, or the service error that it throws, into an answer. */
export async function answering(work: () => unknown): Promise<ServiceAnswer> {
  try {
    return { status: 200, body: (await work()) ?? {}, headers: {} };
  } catch (error) {
    if (error instanceof ServiceError) return error.toAnswer();
    throw error;
  }
}
