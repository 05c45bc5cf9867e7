import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";

export interface RoomTableProps {
  /** What happens to the table when the stack goes. A retained table also refuses to be deleted by hand. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The waiting room's table: who is parked, until when, under which names, and behind whom. No entry expires by time: one
 * goes when its operation has ended.
 */
export class RoomTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: RoomTableProps) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: props.removalPolicy,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
    });
  }
}
