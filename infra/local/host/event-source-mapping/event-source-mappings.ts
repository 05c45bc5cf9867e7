import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { clientOptions } from "../endpoints.ts";
import type { Functions } from "../lambda/functions.ts";
import { SetupError } from "../setup-error.ts";
import { amount, flag, type Stack } from "../stack.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Resource } from "../template.ts";
import { type PollerOptions, poll } from "./poller.ts";

const mappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z._default(amount, 10),
  Enabled: z._default(flag, true),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  FilterCriteria: z.optional(z.unknown()),
});

/** AWS: the most that one receive gives; only standard queues with a batching window have larger batches. */
const maxBatchSize = 10;
/** AWS: polling of a standard queue starts with five batches at a time. */
const standardPollers = 5;

export interface MappingsOptions {
  readonly stack: Stack;
  readonly functions: Functions;
  readonly sqsEndpoint: string;
  readonly surroundings: Surroundings;
  readonly onError: (logicalId: string, error: unknown) => void;
}

export interface Mappings {
  /** Ends polling. Messages that are being processed come back after their visibility timeout. */
  stop(): Promise<void>;
}

/**
 * Starts every enabled event source mapping of the stack.
 *
 * A FIFO queue is polled by one loop: SQS holds back a group's later messages while its first is hidden. So there is at
 * most one invocation for each group at a time, as AWS promises.
 *
 * @throws {SetupError} for a mapping that AWS would refuse, or that the host does not support
 */
export async function startMappings(options: MappingsOptions): Promise<Mappings> {
  const sqs = new SQSClient(clientOptions(options.sqsEndpoint));
  const stopping = new AbortController();
  const pollers = await Promise.all(
    options.stack
      .ofType("AWS::Lambda::EventSourceMapping")
      .map((resource) =>
        configureMapping(sqs, resource, options).catch((error): PollerOptions[] => options.stack.leaveOut(error)),
      ),
  ).catch((error: unknown) => {
    sqs.destroy();
    throw error;
  });
  const loops = pollers.flat().map((poller) => poll(poller, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      sqs.destroy();
    },
  };
}

async function configureMapping(
  sqs: SQSClient,
  resource: Resource,
  options: MappingsOptions,
): Promise<PollerOptions[]> {
  const { stack, functions, surroundings, onError } = options;
  const where = `Resources.${resource.logicalId}.Properties`;
  const properties = stack.properties(resource, mappingProperties);
  if (!properties.Enabled) return [];
  if (properties.FilterCriteria !== undefined) {
    throw new SetupError(`${where}.FilterCriteria: the local host filters no messages`);
  }
  const queue = findQueue(stack, properties.EventSourceArn, `${where}.EventSourceArn`);
  const target = functions.find(properties.FunctionName, `${where}.FunctionName`);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ["VisibilityTimeout"] }),
  );
  const visibilitySeconds = Number(Attributes?.["VisibilityTimeout"]);
  const { timeoutSeconds } = target.configuration;
  if (visibilitySeconds < timeoutSeconds) {
    throw new SetupError(
      `${where}: Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds; AWS refuses this`,
    );
  }
  const poller: PollerOptions = {
    sqs,
    clock: surroundings.clock,
    function: target,
    queueUrl: queue.url,
    queueArn: properties.EventSourceArn,
    batchSize: Math.min(properties.BatchSize, maxBatchSize),
    reportsBatchItemFailures: properties.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    onError: (error) => onError(resource.logicalId, error),
  };
  const fifo = properties.EventSourceArn.endsWith(".fifo");
  return Array.from({ length: fifo ? 1 : standardPollers }, () => poller);
}

function findQueue(stack: Stack, arn: string, where: string): { url: string } {
  for (const { logicalId } of stack.ofType("AWS::SQS::Queue")) {
    const url = stack.ref(logicalId);
    if (url !== undefined && stack.attribute(logicalId, "Arn") === arn) return { url };
  }
  throw new SetupError(`${where}: ${arn} is not a queue of the stack; the local host polls no other sources`);
}
