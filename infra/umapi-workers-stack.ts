import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { UmapiWorkers, type UmapiWorkersProps } from "./umapi-workers.ts";

export interface UmapiWorkersStackProps extends UmapiWorkersProps, StackProps {
  /**
   * ARN of an SNS topic that is told of alarms, in place of `alarmTopic`.
   *
   * @default - `alarmTopic`
   */
  readonly alarmTopicArn?: string;
}

/** The ready stack: the workers, and what an operator needs to find them. */
export class UmapiWorkersStack extends Stack {
  readonly workers: UmapiWorkers;

  constructor(scope: Construct, id: string, props: UmapiWorkersStackProps = {}) {
    super(scope, id, {
      description: "Brings people's Adobe accounts in line with the HR system, through a queue",
      ...props,
    });
    const { alarmTopicArn } = props;
    this.workers = new UmapiWorkers(this, "Workers", {
      ...props,
      ...(alarmTopicArn === undefined ? {} : { alarmTopic: Topic.fromTopicArn(this, "AlarmTopic", alarmTopicArn) }),
    });
    const { api, workQueue, ledger, room, credentials } = this.workers;
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output("ApiUrl", api.url, "Hand operations in at v1/operations under this URL");
    output("QueueUrl", workQueue.queue.queueUrl, "Holds accepted operations");
    output("ReturnedQueueUrl", workQueue.returnedQueue.queueUrl, "Holds operations that SQS has handed out too often");
    output("DeadLetterQueueUrl", workQueue.deadLetterQueue.queueUrl, "Holds messages that nobody can process");
    output("TableName", ledger.table.tableName, "The ledger of operations");
    output("RoomTableName", room.table.tableName, "The waiting room");
    output("CredentialsSecretArn", credentials.secretArn, "Put the Adobe credential here before the first operation");
  }
}
