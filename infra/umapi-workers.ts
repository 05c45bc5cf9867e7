import { RemovalPolicy, Stage, Validations } from "aws-cdk-lib";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import type { Alarm, Metric, MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import type { ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Grant, IGrantable } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { AdobeCredentials } from "./adobe-credentials.ts";
import { Alarms } from "./alarms.ts";
import { ApiAccess } from "./api-access.ts";
import { defaultWorkerCode } from "./bundle/default-worker-code.ts";
import type { OwnWorkerName, WebhookWorkerName } from "./bundle/worker-code.ts";
import { checkProps } from "./check-props.ts";
import { DeliveryChecks } from "./delivery-checks.ts";
import { DispatchWorker } from "./dispatch-worker.ts";
import { letLogsUse } from "./encryption.ts";
import { HttpApi } from "./http-api.ts";
import { instanceName } from "./instance-name.ts";
import { LedgerTable } from "./ledger-table.ts";
import { OperateWorker } from "./operate-worker.ts";
import { OperationsWorker } from "./operations-worker.ts";
import { Parameters } from "./parameters.ts";
import { ReleaseWorker } from "./release-worker.ts";
import { RescueWorker } from "./rescue-worker.ts";
import { RetryWorker } from "./retry-worker.ts";
import { RoomTable } from "./room-table.ts";
import { ServiceMetrics } from "./service-metrics.ts";
import { settings } from "./settings.ts";
import { SubmitWorker } from "./submit-worker.ts";
import { SweepWorker } from "./sweep-worker.ts";
import type { UmapiWorkersProps } from "./umapi-workers-props.ts";
import { WayOut } from "./way-out.ts";
import { Webhooks } from "./webhooks.ts";
import { WorkQueues } from "./work-queues.ts";
import type { WorkerDefaults, WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

/**
 * Everything that brings the Adobe accounts of one organisation in line: the HTTP API, the queues, the functions, the
 * ledger, the waiting room, the secret, the alarms. Use it in a stack of your own, as often as you have Adobe credentials,
 * or deploy `UmapiWorkersStack`. It checks the finished template of the whole app for faults that lose or stall messages
 * (`delivery-rules.ts`).
 *
 * @throws in one sentence, if a prop cannot be used, or if it is in no app
 */
export class UmapiWorkers extends Construct {
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly httpApi: HttpApi;
  /** Holds the Adobe credential. */
  readonly secret: ISecret;
  /** Holds accepted operations. */
  readonly queue: IQueue;
  /** Holds operations that SQS has handed out too often, until they are parked. */
  readonly returnedQueue: IQueue;
  /** Holds messages that no function can process. */
  readonly deadLetterQueue: IQueue;
  /** The ledger of operations. */
  readonly ledgerTable: Table | ITable;
  /** The waiting room. */
  readonly roomTable: Table | ITable;
  /** Each has its `role`. */
  readonly functions: WorkerFunctions;
  /** Holds the keys of webhook sources; undefined without sources. */
  readonly webhookSecret: ISecret | undefined;
  /** Each by the name that it has in docs/deploy.md, such as `QueueAge`. */
  readonly alarms: Readonly<Record<string, Alarm>>;
  readonly #access: ApiAccess;
  readonly #metrics: ServiceMetrics;

  constructor(scope: Construct, id: string, props: UmapiWorkersProps = {}) {
    super(scope, id);
    checkProps(props, this);
    const {
      allowAccountDeletion = false,
      actionBudget = settings.actionBudget,
      removalLimit = settings.removalLimit,
      leaversFirst = true,
      lane = "default",
      auth = "oauth",
      removalPolicy = RemovalPolicy.RETAIN,
      encryptionKey,
    } = props;
    const kept = { removalPolicy, encryptionKey };
    const metricsNamespace = instanceName(this);
    if (encryptionKey) letLogsUse(encryptionKey, this);

    const workQueues = new WorkQueues(this, "WorkQueue", {
      ...kept,
      existing: {
        queue: props.existingQueueName,
        returnedQueue: props.existingReturnedQueueName,
        deadLetterQueue: props.existingDeadLetterQueueName,
      },
    });
    const ledger = new LedgerTable(this, "Ledger", { ...kept, existingTableName: props.existingLedgerTableName });
    const room = new RoomTable(this, "Room", { ...kept, existingTableName: props.existingRoomTableName });
    const credentials = new AdobeCredentials(this, "Credentials", {
      ...kept,
      existingSecretArn: props.existingSecretArn,
    });
    this.queue = workQueues.queue;
    this.returnedQueue = workQueues.returnedQueue;
    this.deadLetterQueue = workQueues.deadLetterQueue;
    this.ledgerTable = ledger.table;
    this.roomTable = room.table;
    this.secret = credentials.secret;

    const defaults: WorkerDefaults = {
      ...kept,
      metricsNamespace,
      tracing: props.tracing ?? false,
      workerCode: props.workerCode ?? defaultWorkerCode,
    };
    const shared: WorkerParts = { workQueues, ledger, room, lane, removalLimit, leaversFirst, defaults };
    const { worker: submit } = new SubmitWorker(this, "Submit", { ...shared, allowAccountDeletion });
    const { worker: operations } = new OperationsWorker(this, "Operations", { ...shared, actionBudget });
    const { worker: operate } = new OperateWorker(this, "Operate", { ...shared, actionBudget });
    const { worker: retry } = new RetryWorker(this, "Retry", { ...shared, allowAccountDeletion });
    const dispatcher = new DispatchWorker(this, "Dispatch", {
      ...shared,
      credentials,
      auth,
      actionBudget,
      allowAccountDeletion,
    });
    const { worker: dispatch } = dispatcher;
    const { worker: release } = new ReleaseWorker(this, "Release", { ...shared, dispatcher });
    const rescuer = new RescueWorker(this, "Rescue", shared);
    const { worker: rescue } = rescuer;
    const { webhookSources: sources = {} } = props;
    const webhooks =
      Object.keys(sources).length === 0
        ? undefined
        : new Webhooks(this, "Webhooks", { ...shared, allowAccountDeletion, sources, instanceName: metricsNamespace });
    this.webhookSecret = webhooks?.keys.secret;
    const { worker: sweep } = new SweepWorker(this, "Sweep", {
      ...shared,
      mappings: [dispatcher.mapping, rescuer.mapping, ...(webhooks ? [webhooks.intake.mapping] : [])],
    });
    const workers = { submit, operations, operate, retry, dispatch, release, rescue, sweep };
    this.functions = functionsOf({ ...workers, ...webhooks?.workers });

    const { jwtIssuer, jwtAudience = [], domainName, certificate } = props;
    const authorizer =
      jwtIssuer === undefined
        ? props.authorizer
        : new HttpJwtAuthorizer("Tokens", jwtIssuer, { jwtAudience: [...jwtAudience] });
    this.httpApi = new HttpApi(this, "HttpApi", {
      ...kept,
      workers: this.functions,
      authorizer,
      domain: domainName !== undefined && certificate ? { name: domainName, certificate } : undefined,
    });
    this.apiUrl = this.httpApi.url;
    this.#access = new ApiAccess(this.httpApi, { asksIam: authorizer === undefined });
    new WayOut(this, "WayOut", {
      functions: Object.values(this.functions),
      httpsProxy: props.httpsProxy,
      noProxy: props.noProxy,
      extraCaCerts: props.extraCaCerts,
    });
    const { alarmTopic, pageTopic = alarmTopic, ticketTopic = alarmTopic } = props;
    this.alarms = new Alarms(this, "Alarms", {
      workQueues,
      workers,
      httpApi: this.httpApi,
      webhooks,
      metricsNamespace,
      topics: { page: pageTopic, ticket: ticketTopic },
    }).byName;
    this.#metrics = new ServiceMetrics(metricsNamespace, this);
    if (props.publishParameters ?? true)
      new Parameters(this, "Parameters", { instanceName: metricsNamespace, of: this });
    attachDeliveryChecks(this);
  }

  /** Allows a grantee to submit operations. @throws if the API does not ask IAM who may call */
  grantSubmit(grantee: IGrantable): Grant {
    return this.#access.grant(grantee, "submit");
  }

  /** Allows a grantee to read operations and the state of the lane. @throws if the API does not ask IAM who may call */
  grantRead(grantee: IGrantable): Grant {
    return this.#access.grant(grantee, "read");
  }

  /**
   * Allows a grantee to retry and cancel operations, to pause and resume the lane, and to erase people.
   *
   * @throws if the API does not ask IAM who may call
   */
  grantOperate(grantee: IGrantable): Grant {
    return this.#access.grant(grantee, "operate");
  }

  /**
   * Gives a function the API's URL, in its environment as `UMAPI_URL`, and the right to hand operations in and to see what
   * becomes of them.
   *
   * @throws if the API does not ask IAM who may call, or if the function is connected to another API
   */
  connect(caller: LambdaFunction): void {
    this.#access.connect(caller);
  }

  /** How many operations wait, counted every 15 minutes. Maximum over 15 minutes by default. */
  metricBacklog(options?: MetricOptions): Metric {
    return this.#metrics.backlog(options);
  }

  /** How long the oldest message in the queue has waited, in seconds. Maximum over 5 minutes by default. */
  metricOldestAge(options?: MetricOptions): Metric {
    return this.#metrics.oldestAge(options);
  }

  /** How long the oldest operation in the waiting room has waited, in seconds. Maximum over 15 minutes by default. */
  metricOldestParkedAge(options?: MetricOptions): Metric {
    return this.#metrics.oldestParkedAge(options);
  }

  /** Operations that have succeeded. Sum over 5 minutes by default. */
  metricSucceeded(options?: MetricOptions): Metric {
    return this.#metrics.succeeded(options);
  }

  /** Operations that Adobe has refused for good. Sum over 5 minutes by default. */
  metricFailed(options?: MetricOptions): Metric {
    return this.#metrics.failed(options);
  }

  /** Action requests that were sent to Adobe. Sum over 5 minutes by default. */
  metricActionRequests(options?: MetricOptions): Metric {
    return this.#metrics.actionRequests(options);
  }

  /** How many times in a row Adobe has throttled. Maximum over 5 minutes by default. */
  metricThrottles(options?: MetricOptions): Metric {
    return this.#metrics.throttles(options);
  }

  /** Messages that no function can process. Maximum over 5 minutes by default. */
  metricDeadLetters(options?: MetricOptions): Metric {
    return this.#metrics.deadLetters(options);
  }
}

type Workers<Part> = Readonly<Record<OwnWorkerName, Part> & Partial<Record<WebhookWorkerName, Part>>>;
/** Those of webhooks only where there are sources. */
export type WorkerFunctions = Workers<LambdaFunction>;

function functionsOf({ webhook, intake, deliveries, ...own }: Workers<WorkerFunction>): WorkerFunctions {
  const { submit, operations, operate, retry, dispatch, release, rescue, sweep } = own;
  return {
    submit: submit.function,
    operations: operations.function,
    operate: operate.function,
    retry: retry.function,
    dispatch: dispatch.function,
    release: release.function,
    rescue: rescue.function,
    sweep: sweep.function,
    ...(webhook && { webhook: webhook.function }),
    ...(intake && { intake: intake.function }),
    ...(deliveries && { deliveries: deliveries.function }),
  };
}

const checkedStages = new WeakSet<Stage>();

function attachDeliveryChecks(construct: Construct): void {
  const stage = Stage.of(construct);
  if (!stage) throw new Error("UmapiWorkers is in no App: create its stack in one, so that its template is checked.");
  if (checkedStages.has(stage)) return;
  checkedStages.add(stage);
  Validations.of(stage).addPlugins(new DeliveryChecks());
}
