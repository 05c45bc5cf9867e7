import { AttributeType, type ITable, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { type KeptTableProps, keptTable } from "./kept-table.ts";

/**
 * The attributes of an operation that a listing shows, besides the keys of the table and of the index, which are always
 * there.
 */
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

/** The table of operations, calls and lanes, with the orders in which operations are listed. */
export class LedgerTable extends Construct {
  readonly table: Table | ITable;
  /** ARN of the index that lists operations of one status. */
  readonly byStatusArn: string;
  /** ARN of the index that lists operations on one user or group. */
  readonly byRootArn: string;
  /** ARN of the index that lists operations that are parked for one reason. Others are not in it. */
  readonly byWaitingArn: string;

  constructor(scope: Construct, id: string, props: KeptTableProps) {
    super(scope, id);
    const { existingTableName } = props;
    this.table =
      existingTableName === undefined
        ? newTable(this, props)
        : Table.fromTableName(this, "Existing", existingTableName);
    const indexArn = (index: string) => `${this.table.tableArn}/index/${index}`;
    this.byStatusArn = indexArn("byStatus");
    this.byRootArn = indexArn("byRoot");
    this.byWaitingArn = indexArn("byWaiting");
  }
}

function newTable(scope: Construct, props: KeptTableProps): Table {
  const table = new Table(scope, "Table", { ...keptTable(props), timeToLiveAttribute: "expiresAt" });
  addListing(table, "byStatus", "status", listed);
  // AWS: the keys of an index are always projected and must not be named again; `status` is a key only of the first
  // index.
  addListing(table, "byRoot", "root", [...listed, "status"]);
  addListing(table, "byWaiting", "waiting", [...listed, "status"]);
  return table;
}

function addListing(table: Table, indexName: string, partitionKey: string, nonKeyAttributes: string[]): void {
  table.addGlobalSecondaryIndex({
    indexName,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: "order", type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes,
  });
}
