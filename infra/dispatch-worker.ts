import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { AdobeCredentials } from "./adobe-credentials.ts";
import { itemKeys } from "./item-keys.ts";
import { messagesFor } from "./messages-for.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface DispatchWorkerProps extends WorkerParts {
  readonly credentials: AdobeCredentials;
  readonly allowAccountDeletion: boolean;
  readonly auth: "oauth" | "jwt";
  readonly actionBudget: string;
}

/** Takes queued messages, sends them to Adobe as action requests, and writes down the results. */
export class DispatchWorker extends Construct {
  readonly worker: WorkerFunction;
  /** Hands messages to the worker. */
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, props: DispatchWorkerProps) {
    super(scope, id);
    const { queue, deadLetterQueue } = props.workQueues;
    const { table } = props.ledger;
    const { table: roomTable } = props.room;
    const { secret } = props.credentials;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "dispatch",
      description: "Sends queued operations to the Adobe User Management API",
      timeoutSeconds: settings.dispatchTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl,
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
        SECRET_ID: secret.secretArn,
        AUTH: props.auth,
        UMAPI_URL: settings.umapiUrl,
        IMS_URL: settings.imsUrl,
        ACTION_BUDGET: props.actionBudget,
        REQUEST_TIMEOUT_SECONDS: String(settings.requestTimeoutSeconds),
        TOKEN_TIMEOUT_SECONDS: String(settings.tokenTimeoutSeconds),
        ALLOW_ACCOUNT_DELETION: String(props.allowAccountDeletion),
      },
    });
    this.worker.allow(
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
      [queue.queueArn],
    );
    this.worker.allow(["sqs:SendMessage"], [deadLetterQueue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.lane, keys.removals]);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.operations, keys.mark, keys.pause, keys.watermark]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.operations, keys.lane, keys.hidden]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark]);
    this.worker.allowItems(
      ["Query", "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
      roomTable.tableArn,
      [keys.room],
    );
    this.worker.allow(["secretsmanager:GetSecretValue"], [secret.secretArn]);

    // Concurrency is neither capped nor reserved. The lane's one message group already means one invocation at a time,
    // and AWS: MaximumConcurrency starts at 2. A reservation would only guarantee that one, and throttled messages come
    // back by themselves. AWS: 100 must stay unreserved, so an account that still has 10 could not deploy.
    this.mapping = messagesFor(this, this.worker, queue);
  }
}
