import { AttributeType, type ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { type KeptTableProps, keptTable } from "./kept-table.ts";

/**
 * The waiting room's table: the parked operations, until when they wait, under which names, and behind which operation.
 * An entry is deleted after its operation has ended. Only those expire by which older work finds a leaver that has gone.
 */
export class RoomTable extends Construct {
  readonly table: Table | ITable;

  constructor(scope: Construct, id: string, props: KeptTableProps) {
    super(scope, id);
    const { existingTableName } = props;
    this.table =
      existingTableName === undefined
        ? new Table(this, "Table", {
            ...keptTable(props),
            timeToLiveAttribute: "expiresAt",
            sortKey: { name: "sk", type: AttributeType.STRING },
          })
        : Table.fromTableName(this, "Existing", existingTableName);
  }
}
