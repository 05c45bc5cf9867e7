import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";

/** What a listing shows of an operation, beyond the table's and the index's own keys, which are always there. */
const listed = [
  "id",
  "user",
  "usergroup",
  "requestID",
  "charges",
  "acceptedAt",
  "updatedAt",
  "testOnly",
  "notBefore",
  "error",
];

export interface LedgerTableProps {
  /** What happens to the table when the stack goes. A retained table also refuses to be deleted by hand. */
  readonly removalPolicy: RemovalPolicy;
}

/** The table of operations, calls and lanes, with the orders in which operations are listed. */
export class LedgerTable extends Construct {
  readonly table: Table;
  /** ARN of the index that lists operations of one status. */
  readonly byStatusArn: string;
  /** ARN of the index that lists operations on one user or group. */
  readonly byRootArn: string;
  /** ARN of the index that lists operations that are parked for one reason. Others are not in it. */
  readonly byWaitingArn: string;

  constructor(scope: Construct, id: string, props: LedgerTableProps) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expiresAt",
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: props.removalPolicy,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
    });
    this.byStatusArn = this.#addListing("byStatus", "status", listed);
    // AWS: an index's own keys are projected anyway and may not be named again; `status` is a key only of the first.
    this.byRootArn = this.#addListing("byRoot", "root", [...listed, "status"]);
    this.byWaitingArn = this.#addListing("byWaiting", "waiting", [...listed, "status"]);
  }

  #addListing(indexName: string, partitionKey: string, nonKeyAttributes: string[]): string {
    this.table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: "order", type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes,
    });
    return `${this.table.tableArn}/index/${indexName}`;
  }
}
