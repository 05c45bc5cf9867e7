import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import type { UmapiWorkers } from "./umapi-workers.ts";

export interface ParametersProps {
  /** The part of every name after `/umapi-workers/`. */
  readonly instanceName: string;
  /** The instance whose URL and ARNs are published. */
  readonly of: Pick<
    UmapiWorkers,
    "apiUrl" | "queue" | "returnedQueue" | "deadLetterQueue" | "ledgerTable" | "roomTable" | "secret"
  >;
}

/** SSM parameters under `/umapi-workers/<instance>/`, for programs in any language. None holds a secret. */
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
    publish("ApiUrl", of.apiUrl, "Submit operations at v1/operations under this URL");
    publish("QueueArn", of.queue.queueArn, "Holds accepted operations");
    publish("ReturnedQueueArn", of.returnedQueue.queueArn, "Holds operations that were received from SQS too often");
    publish("DeadLetterQueueArn", of.deadLetterQueue.queueArn, "Holds messages that no function can process");
    publish("TableArn", of.ledgerTable.tableArn, "The ledger of operations");
    publish("RoomTableArn", of.roomTable.tableArn, "The waiting room");
    publish("CredentialsSecretArn", of.secret.secretArn, "Holds the Adobe credential");
  }
}
