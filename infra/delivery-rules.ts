import { type EventSource, type LambdaFunction, type Queue, type Resources, readResources } from "./queue-resources.ts";
import { settings } from "./settings.ts";

/** A setting that would lose, duplicate, dead-letter or stall messages. */
export interface DeliveryFault {
  /** Stable name of the rule. */
  readonly rule: string;
  /** The logical id of the resource to change. */
  readonly logicalId: string;
  /** The property of the resource. */
  readonly property: string;
  /** What is wrong, with the value. */
  readonly problem: string;
  /** What was expected, why, and how to mend it. */
  readonly mend: string;
}

/** AWS: the limits of SQS. CloudFormation checks most of them only during a deployment. */
const sqs = {
  maxReceiveCount: 1000,
  batchSizeFifo: 10,
  minRetentionSeconds: 60,
  maxRetentionSeconds: 1_209_600,
  maxVisibilitySeconds: 43_200,
};

/**
 * The faults in a finished CloudFormation template that synthesis does not catch. It looks at every queue and every SQS
 * event source of the app. It does not judge values that are known only at deployment (a parameter, an import).
 *
 * @throws if it is not a template
 */
export function deliveryFaults(template: unknown): DeliveryFault[] {
  const resources = readResources(template);
  return [
    ...resources.queues.flatMap((queue) => [...limitsOf(queue), ...redriving(queue, resources)]),
    ...resources.eventSources.flatMap((source) => [...handingOver(source, resources)]),
  ];
}

function* limitsOf(queue: Queue): Generator<DeliveryFault> {
  const { minRetentionSeconds: shortest, maxRetentionSeconds: longest, maxVisibilitySeconds } = sqs;
  if (queue.retentionSeconds < shortest || queue.retentionSeconds > longest) {
    yield {
      rule: "retention-in-range",
      logicalId: queue.logicalId,
      property: "MessageRetentionPeriod",
      problem: `The queue keeps messages for ${queue.retentionSeconds} s.`,
      mend: `SQS takes ${shortest} s to ${longest} s (14 days). Set a retention in that range.`,
    };
  }
  if (queue.visibilitySeconds > maxVisibilitySeconds) {
    yield {
      rule: "visibility-in-range",
      logicalId: queue.logicalId,
      property: "VisibilityTimeout",
      problem: `The queue hides a received message for ${queue.visibilitySeconds} s.`,
      mend: `SQS takes at most ${maxVisibilitySeconds} s (12 hours). Lower the visibility timeout.`,
    };
  }
}

function* redriving(queue: Queue, { queues }: Resources): Generator<DeliveryFault> {
  if (!queue.redrive) return;
  const { maxReceiveCount, deadLetterQueueId } = queue.redrive;
  const property = "RedrivePolicy";
  if (maxReceiveCount < 1 || maxReceiveCount > sqs.maxReceiveCount) {
    yield {
      rule: "max-receive-count-in-range",
      logicalId: queue.logicalId,
      property,
      problem: `maxReceiveCount is ${maxReceiveCount}.`,
      mend: `SQS takes 1 to ${sqs.maxReceiveCount}. Set a count in that range.`,
    };
  }
  const deadLetterQueue = queues.find(({ logicalId }) => logicalId === deadLetterQueueId);
  if (!deadLetterQueue) return;
  if (deadLetterQueue.fifo !== queue.fifo) {
    yield {
      rule: "dead-letter-queue-of-same-kind",
      logicalId: queue.logicalId,
      property,
      problem: `A ${kind(queue)} queue has the ${kind(deadLetterQueue)} queue ${deadLetterQueue.logicalId} as its dead-letter queue.`,
      mend: `Both must be of one kind. Make ${deadLetterQueue.logicalId} a ${kind(queue)} queue.`,
    };
  }
  if (deadLetterQueue.retentionSeconds < queue.retentionSeconds) {
    yield {
      rule: "dead-letters-kept-as-long",
      logicalId: deadLetterQueue.logicalId,
      property: "MessageRetentionPeriod",
      problem: `The dead-letter queue keeps messages for ${deadLetterQueue.retentionSeconds} s, its source ${queue.logicalId} for ${queue.retentionSeconds} s.`,
      mend: `A message could expire there before anybody looks. Keep what SQS moves there for at least ${queue.retentionSeconds} s.`,
    };
  }
}

function* handingOver(source: EventSource, resources: Resources): Generator<DeliveryFault> {
  const { queues, functions } = resources;
  const queue = queues.find(({ logicalId }) => logicalId === source.queueId);
  const worker = functions.find(({ logicalId }) => logicalId === source.functionId);
  if (!queue) return;
  if (queue.fifo && source.batchSize > sqs.batchSizeFifo) {
    yield {
      rule: "batch-size-in-range",
      logicalId: source.logicalId,
      property: "BatchSize",
      problem: `BatchSize is ${source.batchSize}, from a FIFO queue.`,
      mend: `Lambda takes 1 to ${sqs.batchSizeFifo} from a FIFO queue. Lower it to ${sqs.batchSizeFifo}.`,
    };
  }
  if (queue.fifo && source.batchingWindowSeconds > 0) {
    yield {
      rule: "no-batching-window-on-fifo",
      logicalId: source.logicalId,
      property: "MaximumBatchingWindowInSeconds",
      problem: `MaximumBatchingWindowInSeconds is ${source.batchingWindowSeconds}, from a FIFO queue.`,
      mend: "Lambda has no batching window for FIFO queues. Leave it out.",
    };
  }
  if (!worker) return;
  if (queue.visibilitySeconds < worker.timeoutSeconds) {
    yield {
      rule: "visibility-covers-function",
      logicalId: queue.logicalId,
      property: "VisibilityTimeout",
      problem: `The queue hides a received message for ${queue.visibilitySeconds} s; the function ${worker.logicalId} may run for ${worker.timeoutSeconds} s.`,
      mend: `AWS refuses a visibility timeout below the function's: the message would be received again while it is worked on. Set it to at least ${worker.timeoutSeconds} s.`,
    };
  }
  if (!worker.adobe) return;
  yield* dispatching(queue, worker, worker.adobe);
  yield* carrying(source);
  yield* takingUp(queue, resources);
}

/** The rules for every event source that passes operations to a function. */
function* carrying(source: EventSource): Generator<DeliveryFault> {
  if (!source.reportsBatchItemFailures) {
    yield {
      rule: "batch-item-failures-reported",
      logicalId: source.logicalId,
      property: "FunctionResponseTypes",
      problem: "Batch item failures are not reported.",
      mend: 'Lambda would delete messages that the function reports as failed. Set FunctionResponseTypes to ["ReportBatchItemFailures"].',
    };
  }
  if (source.filtered) {
    yield {
      rule: "commands-never-filtered",
      logicalId: source.logicalId,
      property: "FilterCriteria",
      problem: "The event source filters messages.",
      mend: "Lambda deletes what a filter does not match, so accepted operations would be lost. Remove FilterCriteria.",
    };
  }
}

/** SQS moves healthy work away from the lane's queue, and a function must receive it. */
function* takingUp(queue: Queue, { queues, eventSources }: Resources): Generator<DeliveryFault> {
  const returned = queues.find(({ logicalId }) => logicalId === queue.redrive?.deadLetterQueueId);
  if (!returned) return;
  const takers = eventSources.filter(({ queueId }) => queueId === returned.logicalId);
  const areAllKnown = eventSources.every(({ queueId }) => queues.some(({ logicalId }) => logicalId === queueId));
  if (takers.length === 0 && areAllKnown) {
    yield {
      rule: "returned-messages-taken-up",
      logicalId: queue.logicalId,
      property: "RedrivePolicy",
      problem: `SQS moves messages that were received too often to ${returned.logicalId}, and no function receives from there.`,
      mend: "Accepted operations would stay there until SQS forgets them. Let the redrive policy point to the queue from which a function receives.",
    };
  }
  for (const taker of takers) yield* carrying(taker);
}

/** The rules for the function that sends to Adobe, which is recognised by the timeouts in its environment. */
function* dispatching(
  queue: Queue,
  worker: LambdaFunction,
  { requestTimeoutSeconds, tokenTimeoutSeconds }: NonNullable<LambdaFunction["adobe"]>,
): Generator<DeliveryFault> {
  const neededSeconds = tokenTimeoutSeconds + requestTimeoutSeconds + settings.requestMarginSeconds;
  if (worker.timeoutSeconds < neededSeconds) {
    yield {
      rule: "function-outlives-request",
      logicalId: worker.logicalId,
      property: "Timeout",
      problem: `The function may run for ${worker.timeoutSeconds} s, with ${tokenTimeoutSeconds} s for a token and ${requestTimeoutSeconds} s for a request.`,
      mend: `It starts no request that it could not finish and write down (${settings.requestMarginSeconds} s more), so after a slow token it would never send. Set Timeout to at least ${neededSeconds} s, or lower the request's.`,
    };
  }
  const coveringSeconds = worker.timeoutSeconds + settings.invocationLagSeconds;
  if (queue.visibilitySeconds >= worker.timeoutSeconds && queue.visibilitySeconds < coveringSeconds) {
    yield {
      rule: "visibility-covers-requests-in-flight",
      logicalId: queue.logicalId,
      property: "VisibilityTimeout",
      problem: `The queue hides a received message for ${queue.visibilitySeconds} s; the function ${worker.logicalId} may run for ${worker.timeoutSeconds} s.`,
      mend: `SQS counts from the receipt, Lambda from the invocation: a request could still be in flight when its messages come back. Set VisibilityTimeout to at least ${coveringSeconds} s.`,
    };
  }
  const parkedAfterSeconds = settings.parkedAfterDays * 86_400;
  if (queue.retentionSeconds <= parkedAfterSeconds) {
    yield {
      rule: "retention-outlasts-parking",
      logicalId: queue.logicalId,
      property: "MessageRetentionPeriod",
      problem: `The queue keeps messages for ${queue.retentionSeconds} s.`,
      mend: `The sweeper parks what has been queued for ${parkedAfterSeconds} s; SQS would forget it before. Keep messages for longer, best for ${sqs.maxRetentionSeconds} s (14 days).`,
    };
  }
  const receives = Math.ceil(queue.retentionSeconds / settings.longestBackoffSeconds);
  if (!queue.redrive || queue.redrive.maxReceiveCount < receives) {
    yield {
      rule: "receives-outlast-throttling",
      logicalId: queue.logicalId,
      property: "RedrivePolicy",
      problem: queue.redrive
        ? `maxReceiveCount is ${queue.redrive.maxReceiveCount}, and the queue keeps messages for ${queue.retentionSeconds} s.`
        : "The queue has no redrive policy, so a message that no function can process would block its lane until SQS forgets it.",
      mend: `Waiting out Adobe costs a receive every ${settings.longestBackoffSeconds} s, and a throttle must move nothing away. Set a redrive policy with maxReceiveCount from ${receives} to ${sqs.maxReceiveCount}.`,
    };
  }
}

function kind({ fifo }: Queue): string {
  return fifo ? "FIFO" : "standard";
}
