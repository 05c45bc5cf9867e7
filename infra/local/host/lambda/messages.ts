/** What the host and the thread of an execution environment tell each other. */

/** As Lambda reports an error to whoever invoked the function. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[] | undefined;
}

/** What a thread is started with. */
export interface EnvironmentData {
  /** The folder of the deployed code. */
  readonly directory: string;
  /** For example `index.handler`. */
  readonly handler: string;
}

/** What Lambda tells a handler beside the event; `getRemainingTimeInMillis` is added in the thread. */
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
  /** As JSON text, because that is what crosses to Lambda. */
  readonly event: string;
  readonly context: ContextData;
  readonly timeoutMs: number;
}

export type Reply =
  | { readonly type: "initialized" }
  | { readonly type: "init-failed"; readonly error: InvocationError }
  | { readonly type: "returned"; readonly payload: string }
  | { readonly type: "failed"; readonly error: InvocationError };
