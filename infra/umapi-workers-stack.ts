import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { UmapiWorkers } from "./umapi-workers.ts";
import type { UmapiWorkersProps } from "./umapi-workers-props.ts";

export interface UmapiWorkersStackProps extends UmapiWorkersProps, StackProps {
  /**
   * ARN of an SNS topic that gets the alarms, in place of `alarmTopic`.
   *
   * @default - `alarmTopic`
   */
  readonly alarmTopicArn?: string;
  /**
   * ARN of an SNS topic that gets the alarms that need somebody at once, in place of `pageTopic`.
   *
   * @default - `pageTopic`
   */
  readonly pageTopicArn?: string;
  /**
   * ARN of an SNS topic that gets the alarms that can wait, in place of `ticketTopic`.
   *
   * @default - `ticketTopic`
   */
  readonly ticketTopicArn?: string;
  /**
   * ARN of the certificate of `domainName`, in place of `certificate`.
   *
   * @default - `certificate`
   */
  readonly certificateArn?: string;
  /**
   * ARN of the key that encrypts queues, tables, secret and logs, in place of `encryptionKey`.
   *
   * @default - `encryptionKey`
   */
  readonly encryptionKeyArn?: string;
}

/** The ready stack: the workers, and outputs with which an operator finds them. */
export class UmapiWorkersStack extends Stack {
  readonly workers: UmapiWorkers;

  constructor(scope: Construct, id: string, props: UmapiWorkersStackProps = {}) {
    super(scope, id, {
      description: "Brings people's Adobe accounts in line with the HR system, through a queue",
      ...props,
    });
    const { alarmTopicArn, pageTopicArn, ticketTopicArn, certificateArn, encryptionKeyArn } = props;
    this.workers = new UmapiWorkers(this, "Workers", {
      ...props,
      ...(alarmTopicArn === undefined ? {} : { alarmTopic: Topic.fromTopicArn(this, "AlarmTopic", alarmTopicArn) }),
      ...(pageTopicArn === undefined ? {} : { pageTopic: Topic.fromTopicArn(this, "PageTopic", pageTopicArn) }),
      ...(ticketTopicArn === undefined ? {} : { ticketTopic: Topic.fromTopicArn(this, "TicketTopic", ticketTopicArn) }),
      ...(certificateArn === undefined
        ? {}
        : { certificate: Certificate.fromCertificateArn(this, "Certificate", certificateArn) }),
      ...(encryptionKeyArn === undefined ? {} : { encryptionKey: Key.fromKeyArn(this, "Key", encryptionKeyArn) }),
    });
    const { apiUrl, httpApi, queue, returnedQueue, deadLetterQueue, ledgerTable, roomTable, secret } = this.workers;
    const { webhookSecret } = this.workers;
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output("ApiUrl", apiUrl, "Submit operations at v1/operations under this URL");
    output("QueueUrl", queue.queueUrl, "Holds accepted operations");
    output("ReturnedQueueUrl", returnedQueue.queueUrl, "Holds operations that were received from SQS too often");
    output("DeadLetterQueueUrl", deadLetterQueue.queueUrl, "Holds messages that no function can process");
    output("TableName", ledgerTable.tableName, "The ledger of operations");
    output("RoomTableName", roomTable.tableName, "The waiting room");
    output("CredentialsSecretArn", secret.secretArn, "Put the Adobe credential here before the first operation");
    if (webhookSecret) output("WebhookSecretArn", webhookSecret.secretArn, "Put the keys of the webhook sources here");
    if (httpApi.domainName)
      output(
        "ApiDomainTarget",
        httpApi.domainName.regionalDomainName,
        "Point the DNS record of the API's own name here",
      );
  }
}
