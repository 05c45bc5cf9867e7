import { EventSourceMapping, type EventSourceMappingProps } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { settings } from "./settings.ts";
import type { WorkerFunction } from "./worker-function.ts";

/** Hands a queue's messages to a worker, which says of each batch which of them must stay. */
export function messagesFor(
  scope: Construct,
  worker: WorkerFunction,
  queue: IQueue,
  limits: Pick<EventSourceMappingProps, "maxConcurrency"> = {},
): EventSourceMapping {
  return new EventSourceMapping(scope, "Messages", {
    target: worker.function,
    eventSourceArn: queue.queueArn,
    batchSize: settings.batchSize,
    reportBatchItemFailures: true,
    ...limits,
  });
}
