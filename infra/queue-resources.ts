import * as z from "zod/mini";

/**
 * Seconds and counts that are known only at deployment are NaN: every comparison with them is false, so no rule judges
 * them.
 */
export interface Queue {
  readonly logicalId: string;
  readonly fifo: boolean;
  readonly retentionSeconds: number;
  readonly visibilitySeconds: number;
  readonly redrive?: { readonly maxReceiveCount: number; readonly deadLetterQueueId: string | undefined } | undefined;
}

export interface EventSource {
  readonly logicalId: string;
  readonly queueId: string | undefined;
  readonly functionId: string | undefined;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly filtered: boolean;
}

export interface LambdaFunction {
  readonly logicalId: string;
  readonly timeoutSeconds: number;
  /** Only for the function that calls Adobe. */
  readonly adobe?: { readonly requestTimeoutSeconds: number; readonly tokenTimeoutSeconds: number } | undefined;
}

export interface Resources {
  readonly queues: readonly Queue[];
  readonly eventSources: readonly EventSource[];
  readonly functions: readonly LambdaFunction[];
}

const literal = z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d+$/)), z.coerce.number())]);
/** A number; AWS's default if it is absent; NaN if it is not a literal. */
const amount = (byDefault: number) => z.catch(z._default(literal, byDefault), Number.NaN);

/** The logical id behind `{Ref}` or `{Fn::GetAtt: [id, …]}`; undefined for anything else. */
const logicalId = z.catch(
  z.union([
    z.pipe(
      z.object({ Ref: z.string() }),
      z.transform((value) => value.Ref),
    ),
    z.pipe(
      z.object({ "Fn::GetAtt": z.tuple([z.string()], z.unknown()) }),
      z.transform((value): string | undefined => value["Fn::GetAtt"][0]),
    ),
    z.undefined(),
  ]),
  undefined,
);

const template = z.object({
  // An empty stack has none.
  Resources: z._default(
    z.record(z.string(), z.object({ Type: z.string(), Properties: z._default(z.record(z.string(), z.unknown()), {}) })),
    {},
  ),
});

const queueProperties = z.object({
  FifoQueue: z.catch(z._default(z.boolean(), false), false),
  MessageRetentionPeriod: amount(345_600),
  VisibilityTimeout: amount(30),
  RedrivePolicy: z.optional(z.object({ maxReceiveCount: amount(Number.NaN), deadLetterTargetArn: logicalId })),
});

const eventSourceProperties = z.object({
  EventSourceArn: logicalId,
  FunctionName: logicalId,
  BatchSize: amount(10),
  MaximumBatchingWindowInSeconds: amount(0),
  FunctionResponseTypes: z._default(z.array(z.unknown()), []),
  FilterCriteria: z.optional(z.unknown()),
});

const functionProperties = z.object({
  Timeout: amount(3),
  Environment: z.optional(z.object({ Variables: z._default(z.record(z.string(), z.unknown()), {}) })),
});

/**
 * The queues, event sources and functions of a CloudFormation template, with AWS's defaults filled in.
 *
 * @throws if it is not a template, or if a property has a shape that CloudFormation does not know
 */
export function readResources(json: unknown): Resources {
  const resources = Object.entries(template.parse(json).Resources).map(([id, resource]) => ({ id, ...resource }));
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  return {
    queues: ofType("AWS::SQS::Queue").map(({ id, Properties }) => readQueue(id, Properties)),
    eventSources: ofType("AWS::Lambda::EventSourceMapping").map(({ id, Properties }) =>
      readEventSource(id, Properties),
    ),
    functions: ofType("AWS::Lambda::Function").map(({ id, Properties }) => readFunction(id, Properties)),
  };
}

function readQueue(id: string, properties: unknown): Queue {
  const queue = queueProperties.parse(properties);
  return {
    logicalId: id,
    fifo: queue.FifoQueue,
    retentionSeconds: queue.MessageRetentionPeriod,
    visibilitySeconds: queue.VisibilityTimeout,
    redrive: queue.RedrivePolicy && {
      maxReceiveCount: queue.RedrivePolicy.maxReceiveCount,
      deadLetterQueueId: queue.RedrivePolicy.deadLetterTargetArn,
    },
  };
}

function readEventSource(id: string, properties: unknown): EventSource {
  const source = eventSourceProperties.parse(properties);
  return {
    logicalId: id,
    queueId: source.EventSourceArn,
    functionId: source.FunctionName,
    batchSize: source.BatchSize,
    batchingWindowSeconds: source.MaximumBatchingWindowInSeconds,
    reportsBatchItemFailures: source.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    filtered: source.FilterCriteria !== undefined,
  };
}

function readFunction(id: string, properties: unknown): LambdaFunction {
  const { Timeout, Environment } = functionProperties.parse(properties);
  const { REQUEST_TIMEOUT_SECONDS: request, TOKEN_TIMEOUT_SECONDS: token } = Environment?.Variables ?? {};
  return {
    logicalId: id,
    timeoutSeconds: Timeout,
    adobe:
      // Whoever knows only how long a request may take does not send any.
      request === undefined || token === undefined
        ? undefined
        : {
            requestTimeoutSeconds: amount(Number.NaN).parse(request),
            tokenTimeoutSeconds: amount(Number.NaN).parse(token),
          },
  };
}
