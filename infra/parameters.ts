import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import type { UmapiWorkers } from "./umapi-workers.ts";

export interface ParametersProps {
  /** Comes after `/umapi-workers/` in every name. */
  readonly instanceName: string;
  /** Whose URL and ARNs they tell. */
  readonly of: Pick<
    UmapiWorkers,
    "apiUrl" | "queue" | "returnedQueue" | "deadLetterQueue" | "ledgerTable" | "roomTable" | "secret"
  >;
}

/** What programs in whatever language look up: SSM parameters under `/umapi-workers/<instance>/`. None holds a secret. */
export class Parameters extends Construct {
  constructor(scope: Construct, id: string, { instanceName, of }: ParametersProps) {
    super(scope, id);
    const publish = (name: string, stringValue: string, description: string) =>
      new StringParameter(this, name, {
        parameterName: `/umapi-workers/${instanceName}/${name}`,
        simpleName: false,
        stringValue,
        description,
      });
    publish("ApiUrl", of.apiUrl, "Hand operations in at v1/operations under this URL");
    publish("QueueArn", of.queue.queueArn, "Holds accepted operations");
    publish("ReturnedQueueArn", of.returnedQueue.queueArn, "Holds operations that SQS has handed out too often");
    publish("DeadLetterQueueArn", of.deadLetterQueue.queueArn, "Holds messages that nobody can process");
    publish("TableArn", of.ledgerTable.tableArn, "The ledger of operations");
    publish("RoomTableArn", of.roomTable.tableArn, "The waiting room");
    publish("CredentialsSecretArn", of.secret.secretArn, "Holds the Adobe credential");
  }
}
