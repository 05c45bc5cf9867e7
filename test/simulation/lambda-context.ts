import type { Context } from "aws-lambda";
import type { Clock } from "../../shared/time/clock.ts";

/** The context of an invocation that starts now. */
export function lambdaContext(clock: Clock, functionName: string, timeoutSeconds: number): Context {
  const endsAt = clock.now() + timeoutSeconds * 1000;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: "512",
    awsRequestId: "00000000-0000-4000-8000-000000000000",
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "simulated",
    getRemainingTimeInMillis: () => endsAt - clock.now(),
    done() {},
    fail() {},
    succeed() {},
  };
}
