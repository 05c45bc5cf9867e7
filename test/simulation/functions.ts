import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { assembleDeliveries } from "../../functions/deliveries/assemble.ts";
import { assembleDispatch } from "../../functions/dispatch/assemble.ts";
import { assembleIntake } from "../../functions/intake/assemble.ts";
import { assembleOperate } from "../../functions/operate/assemble.ts";
import { assembleOperations } from "../../functions/operations/assemble.ts";
import { assembleRelease } from "../../functions/release/assemble.ts";
import { assembleRescue } from "../../functions/rescue/assemble.ts";
import { assembleRetry } from "../../functions/retry/assemble.ts";
import { assembleSubmit } from "../../functions/submit/assemble.ts";
import { assembleSweep } from "../../functions/sweep/assemble.ts";
import { assembleWebhook } from "../../functions/webhook/assemble.ts";
import { settings } from "../../infra/settings.ts";
import type { World } from "../../shared/lambda/world.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { Life } from "./life.ts";
import type { QueueWatch } from "./queue-watch.ts";
import { asReadByNewer } from "./rollout.ts";
import { SimulatedFunction } from "./simulated-function.ts";

export type ApiFunction = SimulatedFunction<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
export type DispatchFunction = SimulatedFunction<SQSEvent, SQSBatchResponse>;

/**
 * The service's Lambda functions in a world. Their timeouts are measured by the world's true clock.
 *
 * @param canStart whether the deployed version of a function gets as far as to be handed an event
 */
export function simulatedFunctions(
  world: World,
  clock: Clock,
  queue: QueueWatch,
  skewMs: () => number,
  isNewer: () => boolean,
  canStart: (name: string) => boolean,
  onInvoked: (name: string, hasFailed: boolean) => void,
) {
  const api = (name: string, start: () => ReturnType<typeof assembleSubmit>): ApiFunction =>
    new SimulatedFunction({
      name,
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      clock,
      skewMs,
      isNewer,
      onInvoked,
      canStart: () => canStart(name),
      start,
    });
  /** A function on a schedule may give up where a service fails it. */
  const onThrow = (life: Life, error: unknown) => {
    if (!life.wasFailed || isFaultOfOurs(error)) queue.violations.push(`${life.of} threw ${stackOf(error)}`);
  };
  const scheduled = (name: string, timeoutSeconds: number, start: () => ReturnType<typeof assembleSweep>) =>
    new SimulatedFunction<unknown, unknown>({
      name,
      timeoutSeconds,
      clock,
      skewMs,
      isNewer,
      onInvoked,
      onThrow,
      canStart: () => canStart(name),
      start,
    });
  const timeoutSeconds = settings.dispatchTimeoutSeconds;
  const onReturn = (life: Life, event: SQSEvent, result: SQSBatchResponse) =>
    queue.returned(life, unfinished(event, result));
  const dispatch = (): DispatchFunction =>
    new SimulatedFunction({
      name: "dispatch",
      timeoutSeconds,
      clock,
      skewMs,
      isNewer,
      asReadByNewer,
      onInvoked,
      onReturn,
      onThrow: (life, error) => queue.violations.push(`${life.of} threw ${stackOf(error)}`),
      canStart: () => canStart("dispatch"),
      start: () => assembleDispatch(world),
    });
  return {
    submit: api("submit", () => assembleSubmit(world)),
    operations: api("operations", () => assembleOperations({ ...world, description: () => "{}" })),
    retry: api("retry", () => assembleRetry(world)),
    operate: api("operate", () => assembleOperate(world)),
    sweep: scheduled("sweep", settings.sweepTimeoutSeconds, () => assembleSweep(world)),
    release: scheduled("release", settings.releaseTimeoutSeconds, () => assembleRelease(world)),
    rescue: new SimulatedFunction<SQSEvent, SQSBatchResponse>({
      name: "rescue",
      timeoutSeconds: settings.rescueTimeoutSeconds,
      clock,
      skewMs,
      isNewer,
      asReadByNewer,
      onInvoked,
      onThrow: (life, error) => queue.violations.push(`${life.of} threw ${stackOf(error)}`),
      canStart: () => canStart("rescue"),
      start: () => assembleRescue(world),
    }),
    webhook: api("webhook", () => assembleWebhook(world)),
    deliveries: api("deliveries", () => assembleDeliveries(world)),
    intake: new SimulatedFunction<SQSEvent, SQSBatchResponse>({
      name: "intake",
      timeoutSeconds: settings.intakeTimeoutSeconds,
      clock,
      skewMs,
      isNewer,
      onInvoked,
      onThrow: (life, error) => queue.violations.push(`${life.of} threw ${stackOf(error)}`),
      canStart: () => canStart("intake"),
      start: () => assembleIntake(world),
    }),
    dispatch: dispatch(),
    /** A second environment of the dispatcher, for what Lambda delivers twice. */
    dispatchAgain: dispatch(),
  };
}

/** A service's answer to what can never succeed, however often it is tried. */
function isFaultOfOurs(error: unknown): boolean {
  return error instanceof Error && ["ValidationException", "ResourceNotFoundException"].includes(error.name);
}

function stackOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}

/** The receipt handles of what is to stay in the queue. */
function unfinished({ Records }: SQSEvent, { batchItemFailures }: SQSBatchResponse): string[] {
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return Records.filter(({ messageId }) => failed.has(messageId)).map(({ receiptHandle }) => receiptHandle);
}
