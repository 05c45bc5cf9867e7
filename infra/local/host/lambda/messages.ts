/** The messages between the host and the thread of an execution environment. */

/** An error as Lambda reports it to the caller of the function. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[] | undefined;
}

/** The data with which a thread is started. */
export interface EnvironmentData {
  /** The folder of the deployed code. */
  readonly directory: string;
  /** For example `index.handler`. */
  readonly handler: string;
}

/** The context that Lambda gives a handler with the event; the thread adds `getRemainingTimeInMillis`. */
interface ContextData {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
}

export interface Invoke {
  /** JSON text, because Lambda gets JSON. */
  readonly event: string;
  readonly context: ContextData;
  readonly timeoutMs: number;
}

export type Reply =
  | { readonly type: "initialized" }
  | { readonly type: "init-failed"; readonly error: InvocationError }
  | { readonly type: "returned"; readonly payload: string }
  | { readonly type: "failed"; readonly error: InvocationError };
