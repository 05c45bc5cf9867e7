import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { assembleDispatch } from "../../functions/dispatch/assemble.ts";
import { assembleOperate } from "../../functions/operate/assemble.ts";
import { assembleOperations } from "../../functions/operations/assemble.ts";
import { assembleRelease } from "../../functions/release/assemble.ts";
import { assembleRetry } from "../../functions/retry/assemble.ts";
import { assembleSubmit } from "../../functions/submit/assemble.ts";
import { assembleSweep } from "../../functions/sweep/assemble.ts";
import { settings } from "../../infra/settings.ts";
import type { World } from "../../shared/lambda/world.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { Life } from "./life.ts";
import type { QueueWatch } from "./queue-watch.ts";
import { SimulatedFunction } from "./simulated-function.ts";

export type ApiFunction = SimulatedFunction<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
export type DispatchFunction = SimulatedFunction<SQSEvent, SQSBatchResponse>;

/** The service's Lambda functions in a world. Their timeouts are measured by the world's true clock. */
export function simulatedFunctions(world: World, clock: Clock, queue: QueueWatch, skewMs: () => number) {
  const api = (name: string, start: () => ReturnType<typeof assembleSubmit>): ApiFunction =>
    new SimulatedFunction({ name, timeoutSeconds: settings.apiFunctionTimeoutSeconds, clock, skewMs, start });
  const timeoutSeconds = settings.dispatchTimeoutSeconds;
  const onReturn = (life: Life, event: SQSEvent, result: SQSBatchResponse) =>
    queue.returned(life, unfinished(event, result));
  const dispatch = (): DispatchFunction =>
    new SimulatedFunction({
      name: "dispatch",
      timeoutSeconds,
      clock,
      skewMs,
      onReturn,
      onThrow: (error) => queue.violations.push(`dispatch threw ${error instanceof Error ? error.stack : error}`),
      start: () => assembleDispatch(world),
    });
  return {
    submit: api("submit", () => assembleSubmit(world)),
    operations: api("operations", () => assembleOperations(world)),
    retry: api("retry", () => assembleRetry(world)),
    operate: api("operate", () => assembleOperate(world)),
    sweep: new SimulatedFunction<unknown, unknown>({
      name: "sweep",
      timeoutSeconds: settings.sweepTimeoutSeconds,
      clock,
      skewMs,
      start: () => assembleSweep(world),
    }),
    release: new SimulatedFunction<unknown, unknown>({
      name: "release",
      timeoutSeconds: settings.releaseTimeoutSeconds,
      clock,
      skewMs,
      start: () => assembleRelease(world),
    }),
    dispatch: dispatch(),
    /** A second environment of the dispatcher, for what Lambda delivers twice. */
    dispatchAgain: dispatch(),
  };
}

/** The receipt handles of what is to stay in the queue. */
function unfinished({ Records }: SQSEvent, { batchItemFailures }: SQSBatchResponse): string[] {
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return Records.filter(({ messageId }) => failed.has(messageId)).map(({ receiptHandle }) => receiptHandle);
}
